package org.atelier.hub;

import java.util.List;
import java.util.Set;

/** Selects the vocabulary of a tokenizer from a repository that also has the weights of a model. */
final class TokenizerSelection implements FileSelection {

    /** The kind of such models in the table. */
    static final String KIND = "tokenizer";

    private static final Set<String> FILES =
            Set.of("vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json");

    @Override
    public List<RemoteFile> of(List<RemoteFile> files) {
        return files.stream().filter(file -> FILES.contains(file.path())).toList();
    }
}
