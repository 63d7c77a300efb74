/** The input files of a set, each read once. */
package org.atelier.studio.input;
