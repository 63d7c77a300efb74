/** Printing of sets, jobs, models and evaluations. */
package org.atelier.cli.reports;
