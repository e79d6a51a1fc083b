package dev.sallyport.store.memory;

import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStoreContract;
import java.time.Clock;
import java.time.Duration;

class MemoryStoreTest extends ResourceStoreContract {

  @Override
  protected ResourceStore open() {
    return MemoryStores.open(new HistoryLimits(HISTORY, Duration.ofHours(1)), Clock.systemUTC());
  }
}
