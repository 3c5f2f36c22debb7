// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import java.net.BindException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds the sentence that helps an administrator below what Guice and James have wrapped around it. */
final class StartFailure {
    /** Deeper than any real chain; a chain may be a ring. */
    private static final int DEEPEST = 50;

    private StartFailure() {}

    /**
     * One line: what the extension says, which is meant for an administrator; else the innermost message, with what was
     * being done when it is one of Java's own, as these name a class or an errno rather than a remedy.
     */
    static String explain(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Optional<Throwable> ours =
                chain.stream().filter(StartFailure::isExtensionsOwn).findFirst();
        if (ours.isPresent() && hasMessage(ours.get())) {
            return onOneLine(ours.get().getMessage());
        }
        Throwable innermost = chain.get(chain.size() - 1);
        if (innermost instanceof BindException) {
            // It does not name the address, and James wraps it without one.
            return "an address to listen on cannot be had (" + onOneLine(String.valueOf(innermost.getMessage()))
                    + "): end the program that has it, or set another <bind> in lmtpserver.xml or smtpserver.xml";
        }
        if (!isJavasOwn(innermost) && hasMessage(innermost)) {
            return onOneLine(innermost.getMessage());
        }
        for (int i = chain.size() - 2; i >= 0; i--) {
            if (saysMoreThan(chain.get(i), chain.get(i + 1))) {
                return onOneLine(chain.get(i).getMessage() + " (" + innermost + ")");
            }
        }
        return onOneLine(innermost.toString());
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Optional<Throwable> next = Optional.of(failure);
        while (next.isPresent() && chain.size() < DEEPEST) {
            chain.add(next.get());
            next = cause(next.get());
        }
        return chain;
    }

    private static Optional<Throwable> cause(Throwable failure) {
        // These two name one cause only, though they may have gathered several.
        if (failure instanceof CreationException creation) {
            return firstCause(creation.getErrorMessages());
        }
        if (failure instanceof ProvisionException provision) {
            return firstCause(provision.getErrorMessages());
        }
        return Optional.ofNullable(failure.getCause());
    }

    private static Optional<Throwable> firstCause(Collection<Message> messages) {
        return messages.stream().map(Message::getCause).filter(Objects::nonNull).findFirst();
    }

    private static boolean isJavasOwn(Throwable failure) {
        return failure.getClass().getName().startsWith("java.");
    }

    /** By name: the extension is loaded by another class loader, from extensions-jars/. */
    private static boolean isExtensionsOwn(Throwable failure) {
        return failure.getClass().getName().startsWith("org.jamesmailman.");
    }

    private static boolean hasMessage(Throwable failure) {
        return failure.getMessage() != null && !failure.getMessage().isBlank();
    }

    /** Not so when an exception was wrapped without a word: its message is the cause's name then. */
    private static boolean saysMoreThan(Throwable failure, Throwable cause) {
        return hasMessage(failure) && !failure.getMessage().equals(cause.toString());
    }

    private static String onOneLine(String message) {
        return String.join(
                " ",
                message.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }
}
