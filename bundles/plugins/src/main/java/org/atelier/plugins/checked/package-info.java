/** Plugins whose faults name them: what one throws or returns against its contract becomes one error. */
package org.atelier.plugins.checked;
