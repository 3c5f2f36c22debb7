// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jamesmailman.mailman.verdict.Printable;

/** Reads a configuration file's text: UTF-8, and no larger than a person writes. */
final class ConfigurationFile {
    private static final int MAX_SIZE = 1 << 20;
    private static final int MAX_QUOTED = 100;

    private ConfigurationFile() {}

    static String read(Path file) throws SettingsException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new SettingsException(file + " is larger than 1 MiB: it is no configuration file");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new SettingsException(file + " holds a NUL: it is no configuration file");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new SettingsException(file + " is not in UTF-8: convert it", e);
        } catch (NoSuchFileException e) {
            throw new SettingsException(file + " does not exist: create it, or correct its name", e);
        } catch (IOException e) {
            throw new SettingsException(
                    file + " cannot be read (" + quoted(Objects.toString(e.getMessage(), ""))
                            + "): let the user that James runs as read it",
                    e);
        }
    }

    /** A piece of a file as it may stand in a message. */
    static String quoted(String text) {
        return '"' + Printable.ascii(text, MAX_QUOTED) + '"';
    }
}
