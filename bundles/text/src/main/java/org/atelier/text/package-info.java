/** What messages to users need: the name somebody meant, amounts of data. */
package org.atelier.text;
