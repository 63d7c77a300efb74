/** Joins slices of a set to the whole set. */
package org.atelier.studio.assembly;
