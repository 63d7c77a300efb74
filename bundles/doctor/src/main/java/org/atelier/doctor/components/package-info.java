/** Checks of components and plugins. */
package org.atelier.doctor.components;
