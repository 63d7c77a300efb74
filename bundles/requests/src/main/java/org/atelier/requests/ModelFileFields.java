package org.atelier.requests;

import java.util.List;
import java.util.Optional;
import org.atelier.api.model.ModelFile;

/** The fields of a model of which a set uses a part. */
final class ModelFileFields {

    private static final Field<ModelFile, String> NAME = Field.of(
                    "name", SharedTypes.MODEL, "The name of an installed model, a folder, or a file.", ModelFile::name)
            .mandatory();
    private static final Field<ModelFile, String> SHA256 = Field.of(
            "sha256", SharedTypes.SHA256, "SHA-256 of the file; a changed file is an error.", ModelFile::sha256);

    static final FieldType<ModelFile> TYPE = new ShorthandType<>(
            "",
            SharedTypes.MODEL,
            new ObjectType<>(
                    "a model", List.of(NAME, SHA256), values -> new ModelFile(values.get(NAME), values.get(SHA256))),
            name -> new ModelFile(name, null),
            file -> file.sha256() == null ? Optional.of(file.name()) : Optional.empty());

    private ModelFileFields() {}
}
