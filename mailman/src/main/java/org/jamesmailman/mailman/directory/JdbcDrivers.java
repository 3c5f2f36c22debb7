// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Driver;

/**
 * Makes JDBC drivers by name. {@code DriverManager} and {@code ServiceLoader} look into class loaders that do not see
 * James's {@code extensions-jars/}; the loader of this class does.
 */
final class JdbcDrivers {
    private JdbcDrivers() {}

    /**
     * @param className the driver's class
     * @param jar what the JAR is called that holds it
     */
    static Driver load(String className, String jar) throws DirectoryException {
        try {
            return Class.forName(className, true, JdbcDrivers.class.getClassLoader())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new DirectoryException(
                    "The database driver " + className + " is missing: put the JAR of " + jar
                            + " into extensions-jars/, beside that of james-mailman.",
                    e);
        }
    }
}
