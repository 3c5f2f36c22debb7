/** Mailman's REST API as a source of the directory, for small sites whose database cannot be read. */
package org.jamesmailman.mailman.directory.rest;
