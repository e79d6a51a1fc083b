package dev.sallyport.expressions.functions;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.sallyport.expressions.functions.Family.Typed;
import java.util.ArrayList;
import java.util.List;

/** Texts: what a regular expression finds, and templates. */
final class TextFunctions {

  private static final Typed<String> TEXT = new Typed<>(SimpleType.STRING, String.class);
  private static final ListType TEXTS = ListType.create(SimpleType.STRING);

  @SuppressWarnings("rawtypes") // CEL's lists have no class per item.
  private static final Typed<List> VALUES =
      new Typed<>(ListType.create(SimpleType.DYN), List.class);

  private TextFunctions() {}

  static Family family() {
    Family family = new Family();
    family.member("find", "string_find_string", SimpleType.STRING, TEXT, TEXT, TextFunctions::find);
    family.member(
        "findAll",
        "string_find_all_string",
        TEXTS,
        TEXT,
        TEXT,
        (text, pattern) -> findAll(text, pattern, Long.MAX_VALUE));
    family.member(
        "findAll",
        "string_find_all_string_int",
        TEXTS,
        List.of(TEXT, TEXT, new Typed<>(SimpleType.INT, Long.class)),
        arguments -> findAll((String) arguments[0], (String) arguments[1], (long) arguments[2]));
    family.member(
        "format",
        "string_format",
        SimpleType.STRING,
        TEXT,
        VALUES,
        (template, values) -> Template.fill(template, values));
    return family;
  }

  private static String find(String text, String pattern) throws CelEvaluationException {
    Matcher matcher = compile(pattern).matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  private static List<String> findAll(String text, String pattern, long most)
      throws CelEvaluationException {
    Matcher matcher = compile(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while ((most < 0 || found.size() < most) && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static Pattern compile(String pattern) throws CelEvaluationException {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new CelEvaluationException("Illegal regex: " + e.getMessage(), e);
    }
  }
}
