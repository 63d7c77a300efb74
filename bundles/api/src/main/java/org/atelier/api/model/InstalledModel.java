package org.atelier.api.model;

import java.nio.file.Path;

/**
 * A model on this machine.
 *
 * @param name by which {@link ModelFiles#folder} finds it
 * @param kind {@code images} for one that generates, {@code control}, {@code caption}, {@code speech}, {@code music}, {@code summary} or
 *     {@code depth}; {@code network} for any other of ONNX graphs, which a plugin may run
 * @param repository of the hub, or empty for one that lies in a folder of models
 * @param revision the commit, or empty for one that lies in a folder of models
 * @param folder where it lies
 * @param bytes of all its files
 */
public record InstalledModel(String name, String kind, String repository, String revision, Path folder, long bytes) {}
