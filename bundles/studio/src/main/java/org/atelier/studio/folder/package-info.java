/** The folder of a set: journal, checkpoint, lock, record. */
package org.atelier.studio.folder;
