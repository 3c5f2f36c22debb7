// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code mailman.cfg} over the files that it extends ({@code [meta] extends}), as {@code lazr.config} lays them.
 *
 * <p>A section called {@code something.master} sets defaults in a schema only: elsewhere it is passed over. Immutable.
 */
final class CfgLayers {
    private static final int MAX_LAYERS = 8;
    private static final String MASTER = ".master";

    /** From the one on top to the one at the bottom. */
    private final List<IniFile> layers;

    private CfgLayers(List<IniFile> layers) {
        this.layers = layers;
    }

    static CfgLayers read(Path file) throws SettingsException {
        List<IniFile> layers = new ArrayList<>();
        Optional<Path> next = Optional.of(file);
        while (next.isPresent()) {
            Path path = next.get();
            if (layers.size() == MAX_LAYERS) {
                throw new SettingsException(path + ", section [meta]: extends leads on over more than " + MAX_LAYERS
                        + " files: put them together");
            }
            IniFile layer = IniFile.parse(path.toString(), ConfigurationFile.read(path));
            layers.add(layer);
            next = layer.value("meta", "extends").map(name -> path.resolveSibling(name));
        }
        return new CfgLayers(layers);
    }

    Optional<String> value(String section, String key) {
        return layers.stream()
                .flatMap(layer -> layer.value(section, key).stream())
                .findFirst();
    }

    boolean hasSection(String name) {
        return sectionNames().contains(name);
    }

    Set<String> sectionNames() {
        Set<String> names = new LinkedHashSet<>();
        layers.forEach(layer -> names.addAll(layer.sectionNames()));
        names.removeIf(name -> name.endsWith(MASTER));
        return names;
    }
}
