/** Checks of models. */
package org.atelier.doctor.models;
