package dev.sallyport.server.sight;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Sight;
import dev.sallyport.authz.Sight.Names;
import dev.sallyport.authz.SightSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SightLedgerTest {

  private static final SightedKind PODS = new SightedKind("", "pods", SightedKind.Scope.NAMESPACED);

  private final SightLedger ledger = new SightLedger(3);

  private static Sighting sighting(String user, String namespace) {
    Sight.Builder sight = new Sight.Builder();
    sight.add(namespace, Names.ALL);
    Sight shown = sight.build();
    SightSource source =
        new SightSource() {
          @Override
          public Sight of(UserInfo asked, String verb, String group, String resource) {
            return shown;
          }

          @Override
          public long generation() {
            return 0;
          }

          @Override
          public boolean changedSince(UserInfo asked, long generation) {
            return false;
          }

          @Override
          public void onChange(Runnable listener) {}
        };
    return Objects.requireNonNull(Sighting.of(source, UserInfo.of(user), PODS, true));
  }

  private final Sighting red = sighting("ann", "red");
  private final Sighting blue = sighting("ann", "blue");

  private SightLedger.Place watching(Sighting sighting, long revision) {
    return Objects.requireNonNull(ledger.watching(sighting, revision, false));
  }

  @Test
  void letsAWatchGoOnFromWhatItsUserWasTold() {
    ledger.listed(red, 10);
    SightLedger.Place place = watching(red, 10);
    place.told(15);
    place.close();
    assertNotNull(ledger.watching(red, 15, false));
    assertNotNull(ledger.watching(red, 12, false));
  }

  @Test
  void knowsNothingOfWhatItNeverSaid() {
    assertNull(ledger.watching(red, 10, false));
    ledger.listed(red, 10);
    assertNull(ledger.watching(red, 9, false));
    assertNull(ledger.watching(red, 11, false));
    assertNull(ledger.watching(sighting("bob", "red"), 10, false));
  }

  @Test
  void refusesRevisionsThatWereToldUnderAnotherSight() {
    ledger.listed(red, 10);
    SightLedger.Place place = watching(red, 10);
    place.told(15);
    place.close();
    ledger.listed(blue, 20);
    assertNull(ledger.watching(blue, 12, false));
    assertNotNull(ledger.watching(blue, 20, false));
    assertNull(ledger.watching(red, 20, false));
  }

  @Test
  void anOpenWatchUnderAnotherSightMakesAllItMayHaveToldDoubtful() {
    ledger.listed(red, 10);
    SightLedger.Place open = watching(red, 10);
    ledger.listed(blue, 20);
    SightLedger.Place other = watching(blue, 20);
    other.told(25);
    other.close();
    assertNull(ledger.watching(blue, 25, false));
    open.close();
    assertNotNull(ledger.watching(blue, 25, false));
  }

  @Test
  void takesTheNewestListWhateverOthersWereTold() {
    ledger.listed(red, 10);
    ledger.listed(blue, 10);
    assertNotNull(ledger.watching(blue, 10, false));
    ledger.listed(red, 10);
    assertNotNull(ledger.watching(red, 10, false));
  }

  @Test
  void doubtsWhatIsToldWhileTheSightChanges() {
    ledger.listed(red, 10);
    SightLedger.Place place = watching(red, 10);
    place.turning(14);
    place.told(7); // an object of long ago that has come into sight
    place.close();
    assertNull(ledger.watching(blue, 7, false));
    assertNull(ledger.watching(red, 10, false));
  }

  @Test
  void goesOnUnderTheNextSightOnceItIsTold() {
    ledger.listed(red, 10);
    SightLedger.Place place = watching(red, 10);
    place.turning(14);
    place.moved(blue.sight(), 15);
    place.told(18);
    place.close();
    assertNotNull(ledger.watching(blue, 15, false));
    assertNotNull(ledger.watching(blue, 18, false));
    assertNull(ledger.watching(red, 18, false));
  }

  @Test
  void aPageOfAnotherSightMakesTheListDoubtful() {
    ledger.listed(red, 10);
    ledger.continued(blue, 10);
    assertNull(ledger.watching(blue, 10, false));
  }

  @Test
  void forgetsTheOldestButNobodyWhoWatches() {
    ledger.listed(red, 10);
    SightLedger.Place open = watching(red, 10);
    ledger.listed(sighting("u1", "red"), 10);
    ledger.listed(sighting("u2", "red"), 10);
    ledger.listed(sighting("u3", "red"), 10);
    ledger.listed(sighting("u4", "red"), 10);
    assertNull(ledger.watching(sighting("u1", "red"), 10, false));
    assertTrue(ledger.knows("ann", PODS));
    open.close();
  }
}
