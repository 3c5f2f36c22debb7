// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of the house plan and the arrows between them: docs/developers/architecture.md tells why. */
@AnalyzeClasses(packages = "org.jamesmailman", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule MAILMAN_KNOWS_NO_JAMES_AND_NO_MAIL_API = noClasses()
            .that()
            .resideInAPackage("org.jamesmailman.mailman..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.james..",
                    "org.apache.mailet..",
                    "jakarta..",
                    "javax.mail..",
                    "com.google.inject..",
                    "io.netty..");

    /** A source of the directory asks a server; nothing else in that room talks to anybody. */
    @ArchTest
    static final ArchRule OF_MAILMAN_ONLY_SOURCES_OF_THE_DIRECTORY_USE_THE_NETWORK = noClasses()
            .that()
            .resideInAPackage("org.jamesmailman.mailman..")
            .and()
            .resideOutsideOfPackages(
                    "org.jamesmailman.mailman.directory.rest..", "org.jamesmailman.mailman.directory.unixsocket..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.(net|nio\\.channels)\\..*Socket.*");

    @ArchTest
    static final ArchRule MATCHERS_CALL_MAILMAN_ALONE =
            callsNone("org.jamesmailman.matchers..", "org.jamesmailman.mailets..", "org.jamesmailman.lmtp..");

    @ArchTest
    static final ArchRule MAILETS_CALL_MAILMAN_ALONE =
            callsNone("org.jamesmailman.mailets..", "org.jamesmailman.matchers..", "org.jamesmailman.lmtp..");

    @ArchTest
    static final ArchRule LMTP_CALLS_MAILMAN_ALONE =
            callsNone("org.jamesmailman.lmtp..", "org.jamesmailman.matchers..", "org.jamesmailman.mailets..");

    @ArchTest
    static final ArchRule NOBODY_CALLS_THE_EXTENSION = noClasses()
            .that()
            .resideOutsideOfPackage("org.jamesmailman.extension..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jamesmailman.extension..");

    @ArchTest
    static final ArchRule NOBODY_CALLS_THE_BENCHMARKS = noClasses()
            .that()
            .resideOutsideOfPackage("org.jamesmailman.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jamesmailman.benchmarks..");

    @ArchTest
    static final ArchRule THE_ROOMS_OF_MAILMAN_FORM_NO_CIRCLE =
            slices().matching("org.jamesmailman.mailman.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_STATIC_FIELD_CAN_BE_SET =
            fields().that().areStatic().should().haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule MAILETS_AND_MATCHERS_ARE_FINAL = classes()
            .that()
            .areAssignableTo("org.apache.mailet.Mailet")
            .or()
            .areAssignableTo("org.apache.mailet.Matcher")
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static ArchRule callsNone(String room, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.jamesmailman.extension..");
    }
}
