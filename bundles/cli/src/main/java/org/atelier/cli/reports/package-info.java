/** What commands print of sets, jobs, models and evaluations. */
package org.atelier.cli.reports;
