package dev.sallyport.server.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QueryTest {

  @Test
  void decodesNamesAndValuesOnce() {
    Query query = Query.parse("%77atch=1&labelSelector=a%20in+(b%2Cc)&x=%2541");

    assertEquals("1", query.first("watch"));
    assertEquals("a in (b,c)", query.first("labelSelector"));
    assertEquals("%41", query.first("x"));
  }

  @Test
  void leavesOutWhatCannotBeDecoded() {
    Query query = Query.parse("a=%zz&b=%4&c;d=1&e=2");

    assertNull(query.first("a"));
    assertNull(query.first("b"));
    assertFalse(query.has("c;d"));
    assertEquals("2", query.first("e"));
  }

  @Test
  void keepsRepeatedAndEmptyValues() {
    Query query = Query.parse("a=1&a=&a&&a=2=3");

    assertEquals(List.of("1", "", "", "2=3"), query.all("a"));
    assertTrue(Query.parse("").isEmpty());
  }
}
