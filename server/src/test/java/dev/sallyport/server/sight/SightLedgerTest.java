package dev.sallyport.server.sight;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Sight;
import dev.sallyport.authz.Sight.Names;
import dev.sallyport.authz.SightSource;
import java.util.Objects;
import java.util.UUID;
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
          public boolean partly(UserInfo asked, String verb, String group, String resource) {
            return true;
          }

          @Override
          public SightSource ofAllBindings() {
            return this;
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

  private static final UUID ONE = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private final Sighting red = sighting("ann", "red");
  private final Sighting blue = sighting("ann", "blue");

  private SightLedger.Place watching(Sighting sighting, long revision) {
    return Objects.requireNonNull(ledger.watching(sighting, revision, false, ONE, 0));
  }

  @Test
  void letsAWatchGoOnFromWhatItsUserWasTold() {
    ledger.listed(red, 10, ONE, 1);
    SightLedger.Place place = watching(red, 10);
    place.told(15);
    place.close();
    assertNotNull(ledger.watching(red, 15, false, ONE, 0));
    assertNotNull(ledger.watching(red, 12, false, ONE, 0));
  }

  @Test
  void knowsNothingOfWhatItNeverSaid() {
    assertNull(ledger.watching(red, 10, false, ONE, 0));
    ledger.listed(red, 10, ONE, 1);
    assertNull(ledger.watching(red, 9, false, ONE, 0));
    assertNull(ledger.watching(red, 11, false, ONE, 0));
    assertNull(ledger.watching(sighting("bob", "red"), 10, false, ONE, 0));
  }

  @Test
  void refusesRevisionsThatWereToldUnderAnotherSight() {
    ledger.listed(red, 10, ONE, 1);
    SightLedger.Place place = watching(red, 10);
    place.told(15);
    place.close();
    ledger.listed(blue, 20, ONE, 1);
    assertNull(ledger.watching(blue, 12, false, ONE, 0));
    assertNotNull(ledger.watching(blue, 20, false, ONE, 0));
    assertNull(ledger.watching(red, 20, false, ONE, 0));
  }

  @Test
  void anOpenWatchUnderAnotherSightMakesAllItMayHaveToldDoubtful() {
    ledger.listed(red, 10, ONE, 1);
    SightLedger.Place open = watching(red, 10);
    ledger.listed(blue, 20, ONE, 1);
    SightLedger.Place other = watching(blue, 20);
    other.told(25);
    other.close();
    assertNull(ledger.watching(blue, 25, false, ONE, 0));
    open.close();
    assertNotNull(ledger.watching(blue, 25, false, ONE, 0));
  }

  @Test
  void takesTheNewestListWhateverOthersWereTold() {
    ledger.listed(red, 10, ONE, 1);
    ledger.listed(blue, 10, ONE, 1);
    assertNotNull(ledger.watching(blue, 10, false, ONE, 0));
    ledger.listed(red, 10, ONE, 1);
    assertNotNull(ledger.watching(red, 10, false, ONE, 0));
  }

  @Test
  void theListOfAnotherClientIsForNobodyElse() {
    ledger.listed(red, 10, ONE, 1);
    ledger.listed(blue, 10, OTHER, 1);
    assertNull(ledger.watching(blue, 10, false, ONE, 0));
    assertNotNull(ledger.watching(blue, 10, false, OTHER, 0));
  }

  @Test
  void aNewListTakesThePlaceOfTheClientsLast() {
    ledger.listed(red, 10, ONE, 1);
    ledger.listed(blue, 10, ONE, 1);
    assertNull(ledger.watching(red, 10, false, ONE, 0));
  }

  @Test
  void remembersThatRevisionsWereToldThoughItsSightBeginsAnewBehindThem() {
    ledger.listed(red, 10, ONE, 1);
    ledger.listed(blue, 20, ONE, 1);
    ledger.listed(red, 30, ONE, 1);
    ledger.listed(blue, 9, ONE, 1); // an old list, out of a cache
    assertNull(ledger.watching(blue, 10, false, OTHER, 0));
  }

  @Test
  void aWatchOfUnknownBeginningReachesDownToWhatItTells() {
    ledger.listed(blue, 8, OTHER, 1); // from here on all is known
    SightLedger.Place place = ledger.begun(red, 20);
    place.toldOfAny(12);
    place.toldOfAny(25);
    place.close();
    assertNotNull(ledger.watching(red, 12, false, ONE, 0));
    ledger.listed(blue, 30, ONE, 1);
    assertNull(ledger.watching(blue, 12, false, ONE, 0));
  }

  @Test
  void whatIsListedBesideAnOpenWatchOutlivesIt() {
    ledger.listed(red, 10, ONE, 1);
    SightLedger.Place place = watching(red, 10);
    ledger.listed(red, 20, OTHER, 1);
    place.told(12);
    place.close();
    ledger.continued(blue, 20, OTHER); // the other client's list goes on under another sight
    assertNull(ledger.watching(blue, 20, false, OTHER, 0));
  }

  @Test
  void whatWasToldWithoutAnAccountIsDoubtedUntilANewList() {
    ledger.listed(red, 10, ONE, 1);
    SightLedger.Place place = watching(red, 10);
    Runnable over = ledger.unaccounted("ann", PODS);
    place.told(14);
    place.close();
    assertNull(ledger.watching(red, 14, false, ONE, 0)); // others may be told it otherwise
    over.run();
    over.run();
    assertNull(ledger.watching(red, 14, false, ONE, 0)); // or have been
    long moment = ledger.moment(red);
    ledger.listed(red, 14, ONE, 0); // out of a cache
    ledger.listed(red, 15, OTHER, moment);
    assertNull(ledger.watching(red, 14, false, new UUID(0, 3), 0));
    assertNotNull(ledger.watching(red, 15, false, OTHER, 0));
    ledger.listed(red, 17, OTHER, moment);
    assertNotNull(ledger.watching(red, 16, false, ONE, 0));
  }

  @Test
  void aListOfNoOneSightIsNoBeginning() {
    ledger.listed(red, 10, ONE, 1);
    ledger.doubted(red, 10);
    assertNull(ledger.watching(red, 10, false, ONE, 0));
  }

  @Test
  void doubtsWhatIsToldWhileTheSightChanges() {
    ledger.listed(red, 10, ONE, 1);
    SightLedger.Place place = watching(red, 10);
    place.turning(14);
    place.told(7); // an object of long ago that has come into sight
    place.close();
    assertNull(ledger.watching(blue, 7, false, ONE, 0));
    assertNull(ledger.watching(red, 10, false, ONE, 0));
  }

  @Test
  void goesOnUnderTheNextSightOnceItIsTold() {
    ledger.listed(red, 10, ONE, 1);
    SightLedger.Place place = watching(red, 10);
    place.turning(14);
    place.moved(blue.sight(), 15);
    place.told(18);
    place.close();
    assertNotNull(ledger.watching(blue, 15, false, ONE, 0));
    assertNotNull(ledger.watching(blue, 18, false, ONE, 0));
    assertNull(ledger.watching(red, 18, false, ONE, 0));
  }

  @Test
  void aPageOfAnotherSightMakesTheListDoubtful() {
    ledger.listed(red, 10, ONE, 1);
    ledger.continued(blue, 10, ONE);
    assertNull(ledger.watching(blue, 10, false, ONE, 0));
  }

  @Test
  void forgetsTheOldestButNobodyWhoWatches() {
    ledger.listed(red, 10, ONE, 1);
    SightLedger.Place open = watching(red, 10);
    ledger.listed(sighting("u1", "red"), 10, ONE, 1);
    ledger.listed(sighting("u2", "red"), 10, ONE, 1);
    ledger.listed(sighting("u3", "red"), 10, ONE, 1);
    ledger.listed(sighting("u4", "red"), 10, ONE, 1);
    assertNull(ledger.watching(sighting("u1", "red"), 10, false, ONE, 0));
    assertTrue(ledger.knows("ann", PODS));
    open.close();
  }
}
