/** The native API: sets, their events and files, plugins. */
package org.atelier.web.sets;
