// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.directory;

import java.nio.file.Path;
import org.jamesmailman.mailman.directory.MailmanSiteFixture;

/**
 * A site of many lists in a database that the real Mailman has made, and Mailman's own code to change it: one list of
 * Mailman's own making, copied; every member is a user with a preferred address, and every second is subscribed by it.
 */
public final class LargeSite implements AutoCloseable {
    private final SiteDatabase database;
    private final MailmanSiteFixture mailman;
    private final int lists;
    private final int membersOfEach;

    private LargeSite(SiteDatabase database, MailmanSiteFixture mailman, int lists, int membersOfEach) {
        this.database = database;
        this.mailman = mailman;
        this.lists = lists;
        this.membersOfEach = membersOfEach;
    }

    /** Makes one below an empty folder, in a database of which it takes care from now on. */
    static LargeSite make(Path below, SiteDatabase database, int lists, int membersOfEach) {
        MailmanSiteFixture mailman = database.startMailman(below);
        mailman.run(program(lists, membersOfEach));
        return new LargeSite(database, mailman, lists, membersOfEach);
    }

    /** Makes one below an empty folder, in a file of SQLite's. */
    public static LargeSite makeOnSqlite(Path below, int lists, int membersOfEach) {
        return make(below, SiteDatabase.named("sqlite"), lists, membersOfEach);
    }

    /** Makes what {@link #postingAddress} and {@link #member} name. */
    private static String program(int lists, int membersOfEach) {
        return """
                from sqlalchemy import inspect

                domains().add('example.com')
                create_list('seed@example.com').default_nonmember_action = Action.reject
                config.db.commit()
                columns = [column['name'] for column in inspect(config.db.engine).get_columns('mailinglist')]
                values = {'id': 'id + n', 'list_name': "'list' || n", 'list_id': "'list' || n || '.example.com'"}
                numbers = 'WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %%d)'
                in_sqlite = config.db.engine.dialect.name == 'sqlite'
                uuid = 'lower(hex(randomblob(16)))' if in_sqlite else 'gen_random_uuid()'
                sql('INSERT INTO mailinglist (' + ', '.join(columns) + ') ' + numbers %% %1$d + ' SELECT '
                    + ', '.join(values.get(column, column) for column in columns) + ' FROM mailinglist, numbers')
                sql('INSERT INTO address (id, email) ' + numbers %% %2$d
                    + " SELECT n, 'firstname.surname' || n || '@host' || (n %% 1000) || '.example.org' FROM numbers")
                sql('INSERT INTO "user" (id, _user_id, _preferred_address_id) ' + numbers %% %2$d
                    + ' SELECT n, ' + uuid + ', n FROM numbers')
                sql('UPDATE address SET user_id = id')
                sql('INSERT INTO preferences (id) ' + numbers %% %2$d
                    + ' SELECT n FROM numbers WHERE n > (SELECT coalesce(max(id), 0) FROM preferences)')
                sql('INSERT INTO member (_member_id, preferences_id, role, list_id, address_id, user_id) '
                    + numbers %% %2$d + ' SELECT ' + uuid + ", n, 1, 'list' || (1 + (n - 1) / %3$d) || '.example.com',"
                    + ' CASE WHEN n %% 2 = 1 THEN n END, CASE WHEN n %% 2 = 0 THEN n END FROM numbers')
                if not in_sqlite:
                    for table in ('mailinglist', 'address', '"user"', 'preferences'):
                        sql("SELECT setval(pg_get_serial_sequence('" + table + "', 'id'), (SELECT max(id) FROM "
                            + table + '))')
                    sql('ANALYZE')
                """.formatted(lists, lists * membersOfEach, membersOfEach);
    }

    /** By which the source is chosen. */
    public String url() {
        return database.url();
    }

    int lists() {
        return lists;
    }

    int membersOfEach() {
        return membersOfEach;
    }

    /** Lets Mailman do something, and returns once that is committed. */
    public void change(String program) {
        mailman.run(program);
    }

    /**
     * The address of a list.
     *
     * @param list from 1 to {@link #lists()}
     */
    public static String postingAddress(int list) {
        return "list" + list + "@example.com";
    }

    /**
     * The address of a member.
     *
     * @param number from 1 on; the first {@link #membersOfEach()} are those of the first list, and so on
     */
    public static String member(int number) {
        return "firstname.surname" + number + "@host" + number % 1000 + ".example.org";
    }

    @Override
    public void close() {
        mailman.close();
        database.close();
    }
}
