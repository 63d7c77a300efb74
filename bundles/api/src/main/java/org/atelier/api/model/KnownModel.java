package org.atelier.api.model;

/**
 * A model that the table in {@code config/models.json} names.
 *
 * @param name what a user calls it
 * @param kind as {@link InstalledModel#kind}
 * @param repository {@code org/name}
 * @param revision a branch, tag or commit
 */
public record KnownModel(String name, String kind, String repository, String revision) {}
