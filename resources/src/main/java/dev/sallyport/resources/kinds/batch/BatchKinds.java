package dev.sallyport.resources.kinds.batch;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of batch. */
public final class BatchKinds {

  private BatchKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put("batch", "Job", new JobStrategy());
    kinds.put("batch", "CronJob", new CronJobStrategy());
  }
}
