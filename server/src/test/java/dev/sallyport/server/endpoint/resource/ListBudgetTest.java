package dev.sallyport.server.endpoint.resource;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ListBudgetTest {

  @Test
  void givesNoMoreThanThereIs() {
    ListBudget budget = new ListBudget(100);
    ListBudget.Share first = budget.take(60);
    assertNotNull(first);
    assertNull(budget.take(41));
    ListBudget.Share second = budget.take(40);
    assertNotNull(second);

    first.close();
    first.close(); // a share is given back once, however often it is closed

    assertNull(budget.take(61));
    assertNotNull(budget.take(60));
  }

  @Test
  void tellsWhatWillNeverFitFromWhatDoesNotFitNow() {
    ListBudget budget = new ListBudget(100);
    assertTrue(budget.covers(100));
    assertFalse(budget.covers(101));
  }
}
