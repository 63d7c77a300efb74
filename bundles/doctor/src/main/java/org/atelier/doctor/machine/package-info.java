/** Checks of disk and memory. */
package org.atelier.doctor.machine;
