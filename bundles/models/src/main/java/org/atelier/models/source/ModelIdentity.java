package org.atelier.models.source;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.atelier.files.Sha256;
import org.atelier.models.family.ModelComponent;
import org.atelier.models.family.ModelComponent.Kind;
import org.atelier.models.json.Settings;
import org.atelier.models.safetensors.TensorEntry;
import org.atelier.models.source.WeightSet.Located;
import org.atelier.models.tokenizer.Vocabulary;
import org.atelier.tensor.Precision;

/**
 * The identity of a model: a hash of its configurations, its vocabularies, and the name, shape, type and sampled data
 * of every tensor. Small tensors are hashed completely, large ones in evenly spaced blocks; so a fine-tune with the
 * same shapes has another identity, and seven gigabytes take seconds. The location and name of the folder and the
 * sharding of the tensors do not matter.
 */
final class ModelIdentity {

    /** Tensors up to this size are hashed completely: biases, norms and small matrices. */
    private static final int WHOLE_BYTES = 64 << 10;

    private static final int BLOCKS = 16;
    private static final int BLOCK_BYTES = 4 << 10;

    private final MessageDigest digest = Sha256.digest();

    /**
     * @param weights weights by component name
     * @param precision selects the variant of the weights
     */
    static String of(ModelConfigurations model, Map<String, ComponentWeights> weights, Precision precision) {
        ModelIdentity identity = new ModelIdentity();
        List<ModelComponent> components = model.family().components();
        identity.update("index", model.index());
        for (ModelComponent component : components) {
            identity.update(component.name(), model.of(component.name()));
        }
        for (ModelComponent component : components) {
            if (component.kind() == Kind.CLIP_TOKENIZER) {
                identity.vocabulary(component.name(), model.vocabulary(component.name()));
            }
        }
        for (ModelComponent component : components) {
            if (weights.containsKey(component.name())) {
                Precision own = component.kind() == Kind.AUTOENCODER ? Precision.FLOAT32 : precision;
                identity.tensors(component, weights.get(component.name()).fitting(own));
            }
        }
        return Sha256.of(identity.digest);
    }

    private void update(String part, Settings settings) {
        JsonObject sorted = new JsonObject();
        for (String key : new TreeSet<>(settings.keys())) {
            // Keys such as _diffusers_version describe the writer of the file, not the model.
            if (!key.startsWith("_")) {
                sorted.add(key, settings.json(key));
            }
        }
        update(part + " " + sorted);
    }

    private void vocabulary(String tokenizer, Vocabulary vocabulary) {
        Map<String, JsonElement> ids = new TreeMap<>(vocabulary.ids().asMap());
        update(tokenizer + " " + ids + " " + vocabulary.merges() + " " + vocabulary.added());
    }

    private void tensors(ModelComponent component, Map<String, Located> tensors) {
        new TreeMap<>(tensors).forEach((name, located) -> {
            TensorEntry entry = located.entry();
            update(component.name() + " " + name + " " + entry.type() + " " + entry.shape());
            sample(located.file().map(entry));
        });
    }

    private void sample(ByteBuffer bytes) {
        int size = bytes.remaining();
        if (size <= WHOLE_BYTES) {
            digest.update(bytes);
            return;
        }
        for (int block = 0; block < BLOCKS; block++) {
            int begin = (int) ((long) (size - BLOCK_BYTES) * block / (BLOCKS - 1));
            digest.update(bytes.slice(begin, BLOCK_BYTES));
        }
    }

    private void update(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }
}
