/** Checks of configurations. */
package org.atelier.doctor.configuration;
