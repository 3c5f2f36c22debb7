// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Optional;

/**
 * One header match of a list, in its order.
 *
 * @param header the header's name
 * @param pattern a Python regular expression
 * @param chain the chain to jump to; empty: the site's {@code [antispam] jump_chain}
 */
public record HeaderMatch(String header, String pattern, Optional<String> chain) {}
