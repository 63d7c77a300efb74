/** Checks of bundles and deployed files. */
package org.atelier.doctor.bundles;
