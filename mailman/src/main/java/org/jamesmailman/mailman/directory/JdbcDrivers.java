// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Makes JDBC drivers by name. {@code DriverManager} and {@code ServiceLoader} look into class loaders that do not see
 * James's {@code extensions-jars/}; the loader of this class does.
 */
final class JdbcDrivers {
    private JdbcDrivers() {}

    /**
     * A connection by a driver.
     *
     * @param place the server and the database, fit for a log line
     * @throws DirectoryException when the driver is missing, or cannot make anything of the URL
     */
    static Connection connect(String className, String jar, String url, Properties options, String place)
            throws DirectoryException, SQLException {
        Connection connection = load(className, jar).connect(url, options);
        if (connection == null) {
            throw new DirectoryException("The database driver " + className + " does not take the URL of " + place
                    + "; correct directory.database.url in mailman.properties, or [database] url in mailman.cfg.");
        }
        return connection;
    }

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
