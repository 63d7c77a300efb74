package org.atelier.api.model;

import java.nio.file.Path;

/**
 * A model on this machine.
 *
 * @param name as for {@link ModelFiles#folder}
 * @param kind {@code images} for a diffusion model, {@code control}, {@code caption}, {@code speech}, {@code music},
 *     {@code summary}, {@code depth} or {@code metric}; {@code lora}; {@code vae}; {@code network} for other ONNX models, which a
 *     plugin may run; {@code unreadable} if its configuration cannot be read
 * @param repository on the hub; empty for a model in a models folder
 * @param revision the commit; empty for a model in a models folder
 * @param folder its folder, or the file of a model that is a single file
 * @param bytes total size of its files
 */
public record InstalledModel(String name, String kind, String repository, String revision, Path folder, long bytes) {}
