/** Generates a set: from a request to files. */
package org.atelier.studio;
