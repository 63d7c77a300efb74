package org.atelier.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.atelier.api.AtelierException;
import org.atelier.api.AtelierException.Code;

/**
 * The safetensors files of one variant in a folder: {@code model.fp16.safetensors}, or its shards and their index. Libraries place the
 * variant before or after the number of a shard and the word "index".
 *
 * @param variant such as {@code fp16}; empty for files without a variant
 */
record WeightVariant(String variant) {

    private static final String NAMED = "(?:\\.([A-Za-z0-9_]+))?";
    private static final Pattern SINGLE = Pattern.compile("[A-Za-z0-9_]+" + NAMED + "\\.safetensors");
    private static final Pattern SHARD =
            Pattern.compile("[A-Za-z0-9_]+" + NAMED + "-\\d{5}-of-\\d{5}" + NAMED + "\\.safetensors");
    private static final Pattern INDEX =
            Pattern.compile("[A-Za-z0-9_]+" + NAMED + "\\.safetensors" + NAMED + "\\.index" + NAMED + "\\.json");

    /**
     * Selects the weights of one folder.
     *
     * @param folder the files of the folder
     * @return empty if the folder has no weights; the files without a variant if it has none of this variant
     * @throws AtelierException INVALID_REQUEST if its weights exist only in other variants, or only as pickles
     */
    List<RemoteFile> in(List<RemoteFile> folder) {
        List<RemoteFile> chosen = of(variant, folder);
        if (chosen.isEmpty() && !variant.isEmpty()) {
            chosen = of("", folder);
        }
        if (chosen.isEmpty()) {
            throwUnavailable(folder);
        }
        return chosen;
    }

    /** Whether any folder has this variant. */
    boolean isIn(List<RemoteFile> files) {
        return files.stream()
                .anyMatch(file -> variantOf(file).filter(variant::equals).isPresent());
    }

    /** Lists all variants of the files, for an error message. */
    static String known(List<RemoteFile> files) {
        return files.stream()
                .flatMap(file -> variantOf(file).stream())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    private static List<RemoteFile> of(String variant, List<RemoteFile> folder) {
        List<RemoteFile> singles = matching(SINGLE, variant, folder);
        if (!singles.isEmpty()) {
            return singles;
        }
        List<RemoteFile> sharded = new ArrayList<>(matching(SHARD, variant, folder));
        sharded.addAll(matching(INDEX, variant, folder));
        return sharded;
    }

    private static List<RemoteFile> matching(Pattern form, String variant, List<RemoteFile> folder) {
        return folder.stream()
                .filter(file -> named(form, file).filter(variant::equals).isPresent())
                .toList();
    }

    private static Optional<String> variantOf(RemoteFile file) {
        return named(SINGLE, file).or(() -> named(SHARD, file)).or(() -> named(INDEX, file));
    }

    /** The variant in a file's name, which may be the empty text; an empty optional if the name does not match. */
    private static Optional<String> named(Pattern form, RemoteFile file) {
        Matcher name = form.matcher(file.name());
        if (!name.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group <= name.groupCount(); group++) {
            if (name.group(group) != null) {
                return Optional.of(name.group(group));
            }
        }
        return Optional.of("");
    }

    private static void throwUnavailable(List<RemoteFile> folder) {
        String variants = known(folder);
        if (!variants.equals("[]")) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The weights in %s exist only in variants: choose one of %s with --variant."
                            .formatted(place(folder), variants));
        }
        Optional<RemoteFile> pickle = folder.stream()
                .filter(file -> file.name().matches(".*\\.(bin|ckpt|pt|pth|pkl|msgpack|h5)"))
                .findFirst();
        if (pickle.isPresent()) {
            throw new AtelierException(
                    Code.INVALID_REQUEST,
                    "The weights in %s do not exist as safetensors, only as %s, which is not supported: choose a model with safetensors."
                            .formatted(place(folder), pickle.get().name()));
        }
    }

    private static String place(List<RemoteFile> folder) {
        String place = folder.get(0).folder();
        return place.isEmpty() ? "the model's folder" : place;
    }
}
