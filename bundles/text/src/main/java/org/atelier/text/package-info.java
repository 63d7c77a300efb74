/** Text helpers for messages: suggested names, byte counts, Unicode checks. */
package org.atelier.text;
