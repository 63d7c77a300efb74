/** Runs every health check, each bounded in time. */
package org.atelier.doctor;
