/** Jobs and CronJobs. */
@NullMarked
package dev.sallyport.resources.kinds.batch;

import org.jspecify.annotations.NullMarked;
