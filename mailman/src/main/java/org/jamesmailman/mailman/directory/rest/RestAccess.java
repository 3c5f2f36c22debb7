// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory.rest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How to get at Mailman's REST API.
 *
 * @param root where it is, without the version: {@code http://localhost:8001}
 * @param user {@code [webservice] admin_user}
 * @param password {@code [webservice] admin_pass}
 */
public record RestAccess(URI root, String user, String password) {
    /** The API's version; from 3.1 on identifiers are hexadecimal. */
    static final String VERSION = "3.1";

    /** The address of a resource. */
    URI resource(String path) {
        String base = root.toString();
        return URI.create((base.endsWith("/") ? base : base + '/') + VERSION + '/' + path);
    }

    /** The header field {@code Authorization}. */
    String authorization() {
        String credentials = user + ':' + password;
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "Mailman's REST API at " + root;
    }
}
