package dev.sallyport.resources.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.schema.BuiltInSchemas;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {

  private static final StructSchema POD =
      Objects.requireNonNull(new BuiltInSchemas().schema(new GroupVersionKind("", "v1", "Pod")));
  private static final StructSchema DEPLOYMENT =
      Objects.requireNonNull(
          new BuiltInSchemas().schema(new GroupVersionKind("apps", "v1", "Deployment")));

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode tree(String json) {
    try {
      return (ObjectNode)
          new JsonMapper().readTree(new String(bytes(json), StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** RFC 6902, appendix A, and what clients of this API use beyond it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1} | [{'op':'add','path':'/b','value':2}] | {'a':1,'b':2}",
        "{'l':[1,2]} | [{'op':'add','path':'/l/1','value':9}] | {'l':[1,9,2]}",
        "{'l':[1,2]} | [{'op':'add','path':'/l/-','value':9}] | {'l':[1,2,9]}",
        "{'l':[1,2,3]} | [{'op':'remove','path':'/l/-1'}] | {'l':[1,2]}",
        "{'a':1,'b':2} | [{'op':'remove','path':'/a'}] | {'b':2}",
        "{'a':1} | [{'op':'replace','path':'/a','value':null}] | {'a':null}",
        "{'a':{'x':1}} | [{'op':'move','from':'/a/x','path':'/y'}] | {'a':{},'y':1}",
        "{'a':{'x':1}} | [{'op':'copy','from':'/a','path':'/b'}] | {'a':{'x':1},'b':{'x':1}}",
        "{'a/b':1,'m~n':2} | [{'op':'remove','path':'/a~1b'},{'op':'remove','path':'/m~0n'}] | {}",
        "{'a':1.0} | [{'op':'test','path':'/a','value':1}] | {'a':1.0}",
        "{'a':1} | [{'op':'test','path':'/missing','value':null}] | {'a':1}",
      })
  void jsonPatchApplies(String original, String patch, String expected) {
    assertEquals(tree(expected), JsonPatch.read(bytes(patch)).apply(tree(original)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'op':'remove','path':'/none'}]",
        "[{'op':'replace','path':'/none','value':1}]",
        "[{'op':'add','path':'/none/deeper','value':1}]",
        "[{'op':'add','path':'/l/9','value':1}]",
        "[{'op':'test','path':'/a','value':2}]",
        "[{'op':'invent','path':'/a'}]",
        "[{'op':'add','path':'a','value':1}]",
        "[{'op':'copy','from':'/none','path':'/b'}]",
      })
  void jsonPatchThatDoesNotFitIsUnprocessable(String patch) {
    ObjectNode original = tree("{'a':1,'l':[1]}");
    StatusException refusal =
        assertThrows(StatusException.class, () -> JsonPatch.read(bytes(patch)).apply(original));
    assertEquals(422, refusal.status().code());
    assertEquals(tree("{'a':1,'l':[1]}"), original);
  }

  @Test
  void jsonPatchIsBounded() {
    String one = "{'op':'add','path':'/a','value':1},";
    String many = "[" + one.repeat(10_000) + one.substring(0, one.length() - 1) + "]";
    assertEquals(
        413,
        assertThrows(StatusException.class, () -> JsonPatch.read(bytes(many))).status().code());
    StringBuilder doubling = new StringBuilder("[");
    for (int i = 0; i < 40; i++) {
      doubling.append("{'op':'copy','from':'/a','path':'/a/x").append(i).append("'},");
    }
    doubling.setCharAt(doubling.length() - 1, ']');
    assertEquals(
        422,
        assertThrows(
                StatusException.class,
                () -> JsonPatch.read(bytes(doubling.toString())).apply(tree("{'a':{'b':1}}")))
            .status()
            .code());
  }

  @Test
  void jsonPatchMustBeAList() {
    assertEquals(
        "error decoding patch: json: cannot unmarshal object into Go value of type"
            + " []handlers.jsonPatchOp",
        assertThrows(StatusException.class, () -> JsonPatch.read(bytes("{'op':'add'}")))
            .status()
            .message());
  }

  /** RFC 7396, appendix A, as far as objects are concerned. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':'b'} | {'a':'c'} | {'a':'c'}",
        "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
        "{'a':'b'} | {'a':null} | {}",
        "{'a':['b']} | {'a':'c'} | {'a':'c'}",
        "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
        "{'e':null} | {'a':1} | {'e':null,'a':1}",
        "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
      })
  void mergePatchApplies(String original, String patch, String expected) {
    assertEquals(tree(expected), JsonMergePatch.read(bytes(patch)).apply(tree(original)));
  }

  @Test
  void mergePatchRefusesDeepNesting() {
    String deep = "{'a':".repeat(2000) + "1" + "}".repeat(2000);
    assertEquals(
        400,
        assertThrows(StatusException.class, () -> JsonMergePatch.read(bytes(deep)))
            .status()
            .code());
  }

  private static ObjectNode strategic(StructSchema schema, String original, String patch) {
    return StrategicMergePatch.read(bytes(patch), schema).apply(tree(original));
  }

  @Test
  void strategicPatchMergesContainersByName() {
    assertEquals(
        tree(
            "{'spec':{'containers':[{'name':'a','image':'2'},{'name':'b','image':'1'},{'name':'c'}]}}"),
        strategic(
            POD,
            "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'1'}]}}",
            "{'spec':{'containers':[{'name':'c'},{'name':'a','image':'2'}]}}"));
  }

  @Test
  void strategicPatchDeletesAndReplacesListElements() {
    String pod = "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}";
    assertEquals(
        tree("{'spec':{'containers':[{'name':'b'}]}}"),
        strategic(POD, pod, "{'spec':{'containers':[{'name':'a','$patch':'delete'}]}}"));
    assertEquals(
        tree("{'spec':{'containers':[{'name':'z'}]}}"),
        strategic(POD, pod, "{'spec':{'containers':[{'name':'z'},{'$patch':'replace'}]}}"));
  }

  @Test
  void strategicPatchPutsElementsInOrder() {
    assertEquals(
        tree("{'spec':{'containers':[{'name':'b'},{'name':'c'},{'name':'a','image':'9'}]}}"),
        strategic(
            POD,
            "{'spec':{'containers':[{'name':'a'},{'name':'b'},{'name':'c'}]}}",
            "{'spec':{'$setElementOrder/containers':[{'name':'c'},{'name':'a'}],"
                + "'containers':[{'name':'a','image':'9'}]}}"));
  }

  @Test
  void strategicPatchKnowsPrimitiveLists() {
    String pod = "{'metadata':{'finalizers':['a/1','b/1']}}";
    assertEquals(
        tree("{'metadata':{'finalizers':['a/1','b/1','c/1']}}"),
        strategic(POD, pod, "{'metadata':{'finalizers':['b/1','c/1']}}"));
    assertEquals(
        tree("{'metadata':{'finalizers':['b/1']}}"),
        strategic(POD, pod, "{'metadata':{'$deleteFromPrimitiveList/finalizers':['a/1']}}"));
  }

  @Test
  void strategicPatchRetainsOnlyTheKeysItNames() {
    assertEquals(
        tree("{'spec':{'strategy':{'type':'Recreate'}}}"),
        strategic(
            DEPLOYMENT,
            "{'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}}",
            "{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}"));
  }

  @Test
  void strategicPatchDeletesAndReplacesMaps() {
    String pod = "{'metadata':{'labels':{'a':'1','b':'2'}}}";
    assertEquals(
        tree("{'metadata':{'labels':{'c':'3'}}}"),
        strategic(POD, pod, "{'metadata':{'labels':{'$patch':'replace','c':'3'}}}"));
    assertEquals(
        tree("{'metadata':{}}"),
        strategic(POD, pod, "{'metadata':{'labels':{'$patch':'delete'}}}"));
    assertEquals(
        tree("{'metadata':{'labels':{'b':'2'}}}"),
        strategic(POD, pod, "{'metadata':{'labels':{'a':null}}}"));
  }

  @Test
  void strategicPatchRefusesUnknownDirectivesAndMissingKeys() {
    assertEquals(
        400,
        assertThrows(
                StatusException.class,
                () -> strategic(POD, "{'spec':{}}", "{'spec':{'$patch':'explode'}}"))
            .status()
            .code());
    assertEquals(
        400,
        assertThrows(
                StatusException.class,
                () ->
                    strategic(
                        POD,
                        "{'spec':{'containers':[]}}",
                        "{'spec':{'containers':[{'image':'x'}]}}"))
            .status()
            .code());
  }
}
