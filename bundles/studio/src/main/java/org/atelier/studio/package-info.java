/** A set from request to files. */
package org.atelier.studio;
