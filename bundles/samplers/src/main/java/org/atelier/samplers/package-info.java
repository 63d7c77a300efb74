/** The samplers that come with Atelier. */
package org.atelier.samplers;
