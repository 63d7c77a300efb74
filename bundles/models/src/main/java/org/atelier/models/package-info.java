/** A model folder in diffusers' layout: configurations, weights by memory map, tokenizers; never a pickle, never code. */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package org.atelier.models;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
