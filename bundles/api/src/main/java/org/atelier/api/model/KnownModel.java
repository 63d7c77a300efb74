package org.atelier.api.model;

/**
 * A model listed in {@code config/models.json}.
 *
 * @param name its name in that table
 * @param kind as {@link InstalledModel#kind}
 * @param repository {@code org/name}
 * @param revision a branch, tag or commit
 */
public record KnownModel(String name, String kind, String repository, String revision) {}
