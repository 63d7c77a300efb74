package org.atelier.models.source;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.atelier.models.family.ModelFamily;
import org.atelier.models.family.TextEncoding;
import org.atelier.models.json.Settings;
import org.atelier.models.tokenizer.ClipTokenizer;
import org.atelier.models.tokenizer.PromptTokenizer;
import org.atelier.models.tokenizer.Vocabulary;

/**
 * The configurations and tokenizers of a model. Immutable and thread-safe.
 *
 * @param index {@code model_index.json}
 * @param family the model family
 * @param settings by component
 * @param vocabularies the folder of the vocabulary, by tokenizer
 */
record ModelConfigurations(
        Settings index, ModelFamily family, Map<String, Settings> settings, Map<String, Path> vocabularies) {

    /** The default {@code vocab_size} of a CLIP text model in transformers. */
    private static final int CLIP_VOCABULARY = 49408;

    ModelConfigurations {
        settings = Map.copyOf(settings);
        vocabularies = Map.copyOf(vocabularies);
    }

    /** The configuration of a component. */
    Settings of(String component) {
        Settings found = settings.get(component);
        if (found == null) {
            throw new IllegalArgumentException(component + " is not a component of " + family.title());
        }
        return found;
    }

    /** A copy with another configuration of a component. */
    ModelConfigurations with(String component, Settings other) {
        Map<String, Settings> changed = new LinkedHashMap<>(settings);
        changed.put(component, other);
        return new ModelConfigurations(index, family, changed, vocabularies);
    }

    PromptTokenizer tokenizer(String component) {
        return ClipTokenizer.in(vocabularyFolder(component), of(component), embeddings(component));
    }

    void checkTokenizer(String component) {
        ClipTokenizer.check(vocabularyFolder(component), of(component), embeddings(component));
    }

    Vocabulary vocabulary(String tokenizer) {
        return Vocabulary.in(vocabularyFolder(tokenizer));
    }

    private Path vocabularyFolder(String tokenizer) {
        return vocabularies.get(tokenizer);
    }

    /** How many token ids the text encoder of a tokenizer has an embedding for. */
    private int embeddings(String tokenizer) {
        TextEncoding encoding = family.textConditioning(index).encodings().stream()
                .filter(one -> one.tokenizer().equals(tokenizer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(tokenizer + " is not a tokenizer"));
        return of(encoding.textModel()).integer("vocab_size", CLIP_VOCABULARY);
    }
}
