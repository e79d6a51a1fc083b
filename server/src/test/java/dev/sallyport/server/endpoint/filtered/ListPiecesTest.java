package dev.sallyport.server.endpoint.filtered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists taken apart, whatever pieces they come in. */
final class ListPiecesTest implements ListPieces.Reader {

  private final List<String> told = new ArrayList<>();

  @Override
  public void member(String name, byte[] json) {
    told.add(name + "=" + new String(json, StandardCharsets.UTF_8));
  }

  @Override
  public void opened(String name) {
    told.add(name + "[");
  }

  @Override
  public void element(byte[] json) {
    told.add(new String(json, StandardCharsets.UTF_8));
  }

  @Override
  public void closed() {
    told.add("]");
  }

  @Override
  public void ended() {
    told.add(".");
  }

  private void read(String json, int size) throws UnreadableAnswer {
    ListPieces pieces = new ListPieces(60, this);
    byte[] all = json.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < all.length; at += size) {
      pieces.take(Arrays.copyOfRange(all, at, Math.min(all.length, at + size)));
    }
    pieces.end();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void findsMembersAndElements(int size) throws Exception {
    read(
        " { \"kind\" :\"L\\\\\",\"n\":-1.5e3 ,\"t\":true,\"metadata\":{\"a\":[{}]},\n"
            + "\"items\": [ {\"x\":\"}],{\\\"\"} ,"
            + " {\"y\":[[1],{\"z\":null}],\"ü\":\"€\"}],\"rows\":null,\"u\":7}\n",
        size);
    assertEquals(
        List.of(
            "kind=\"L\\\\\"",
            "n=-1.5e3",
            "t=true",
            "metadata={\"a\":[{}]}",
            "items[",
            "{\"x\":\"}],{\\\"\"}",
            "{\"y\":[[1],{\"z\":null}],\"ü\":\"€\"}",
            "]",
            "rows=null",
            "u=7",
            "."),
        told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"items\":[{}",
        "{\"items\":[1]}",
        "{\"items\":[\"a\"]}",
        "{\"items\":[{}]} {",
        "{\"items\" [{}]}",
        "{\"\\u0069tems\":[{}]}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":\"0123456789012345678901234567890123456789012345678901234567890\"}"
      })
  void refusesEverythingElse(String json) {
    assertThrows(UnreadableAnswer.class, () -> read(json, 3));
  }

  @Test
  void anObjectWithTwoNamesIsNobodys() throws Exception {
    assertEquals(
        new ObjectGlance("a", "x"),
        ObjectGlance.ofItem(
            bytes("{'m':{'metadata':{'name':'y'}},'metadata':{'namespace':'a','name':'x'}}")));
    assertEquals(
        new ObjectGlance("", "x"),
        ObjectGlance.ofRow(
            bytes("{'cells':['y'],'object':{'metadata':{'name':'x','labels':{'name':'z'}}}}")));
    assertEquals(new ObjectGlance("", ""), ObjectGlance.ofRow(bytes("{'object':null}")));
    for (String two :
        List.of(
            "{'metadata':{'name':'x'},'metadata':{'name':'y'}}",
            "{'metadata':{'name':'x','name':'y'}}",
            "{'metadata':{'namespace':'x','name':'y','namespace':'z'}}",
            "{'metadata':{")) {
      assertThrows(UnreadableAnswer.class, () -> ObjectGlance.ofItem(bytes(two)));
    }
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
