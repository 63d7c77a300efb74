/** The samplers of the distribution. */
package org.atelier.samplers;
