// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import com.google.common.base.Splitter;
import java.nio.file.Path;
import java.util.List;
import org.jamesmailman.testing.MarkdownPage;

/** How docs/install.md makes a user of the database who may only read. */
final class DocumentedGrants {
    private static final Path PAGE = Path.of("../docs/install.md");

    private DocumentedGrants() {}

    /**
     * The statements, for {@link DatabaseServerContract#READER}.
     *
     * @param kind {@code postgresql} or {@code mysql}
     */
    static List<String> of(String kind, String database) {
        String sample = MarkdownPage.read(PAGE).samplesIn("sql").stream()
                .map(MarkdownPage.Sample::text)
                .filter(text -> text.startsWith(kind.equals("mysql") ? "CREATE USER" : "CREATE ROLE"))
                .findFirst()
                .orElseThrow();
        String forTheTest = sample.replace("james", DatabaseServerContract.READER)
                .replace("...", DatabaseServerContract.PASSWORD)
                .replace("mailman3", database);
        return Splitter.on(';').trimResults().omitEmptyStrings().splitToList(forTheTest);
    }
}
