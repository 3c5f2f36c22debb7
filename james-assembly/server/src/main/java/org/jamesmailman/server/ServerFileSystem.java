// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.filesystem.FileSystemImpl;

/**
 * James's file system, but for the extensions' JARs: James looks for them in the working directory, and they belong to
 * the distribution.
 */
final class ServerFileSystem implements FileSystem {
    private static final String EXTENSIONS = "file://extensions-jars/";

    private final FileSystem files;
    private final File extensions;

    ServerFileSystem(ServerDirectories directories) {
        this.files = new FileSystemImpl(directories);
        this.extensions = directories.home().resolve("extensions-jars").toFile();
    }

    @Override
    public InputStream getResource(String url) throws IOException {
        return files.getResource(url);
    }

    @Override
    public File getFile(String url) throws FileNotFoundException {
        return url.equals(EXTENSIONS) ? extensions : files.getFile(url);
    }

    @Override
    public File getFileWithinBaseDir(String url) throws FileNotFoundException, IOException {
        return files.getFileWithinBaseDir(url);
    }

    @Override
    public File getBasedir() throws FileNotFoundException {
        return files.getBasedir();
    }
}
