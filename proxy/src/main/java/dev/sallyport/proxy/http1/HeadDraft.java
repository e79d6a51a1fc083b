package dev.sallyport.proxy.http1;

import java.util.ArrayList;
import java.util.List;

/** A response's head while its lines come in. */
final class HeadDraft {

  private static final int VERSION = 9;
  private static final int CODE_END = 12;
  private static final int MAX_LENGTH_DIGITS = 18;

  private final int status;
  private final boolean http10;
  private final List<String> lines = new ArrayList<>(16);
  private String length = "";
  private String coding = "";
  private String upgrade = "";
  private String connection = "";

  private HeadDraft(int status, boolean http10) {
    this.status = status;
    this.http10 = http10;
  }

  /** Version, code and a reason, which nobody reads. */
  static HeadDraft ofStatusLine(byte[] line, int from, int to) {
    if (to - from < CODE_END || to - from > CODE_END && line[from + CODE_END] != ' ') {
      throw new MalformedResponse("the status line is none");
    }
    boolean http10 = version(line, from);
    int status = 0;
    for (int i = from + VERSION; i < from + CODE_END; i++) {
      if (line[i] < '0' || line[i] > '9') {
        throw new MalformedResponse("the status code is no number");
      }
      status = 10 * status + line[i] - '0';
    }
    if (status < 100 || status > 599) {
      throw new MalformedResponse("the status code is none");
    }
    boolean unused = FieldSyntax.visible(line, from + CODE_END, to);
    return new HeadDraft(status, http10);
  }

  /** Whether it is HTTP/1.0; others than 1.0 and 1.1 are refused. */
  private static boolean version(byte[] line, int from) {
    boolean one =
        line[from] == 'H'
            && line[from + 1] == 'T'
            && line[from + 2] == 'T'
            && line[from + 3] == 'P'
            && line[from + 4] == '/'
            && line[from + 5] == '1'
            && line[from + 6] == '.'
            && line[from + 8] == ' ';
    if (!one || line[from + 7] != '1' && line[from + 7] != '0') {
      throw new MalformedResponse("the version is neither HTTP/1.1 nor HTTP/1.0");
    }
    return line[from + 7] == '0';
  }

  void field(byte[] line, int from, int to) {
    int colon = FieldSyntax.nameEnd(line, from, to);
    FieldName name = FieldName.of(line, from, colon);
    if (name.use() == FieldName.Use.DROPPED) {
      boolean unused = FieldSyntax.visible(line, colon + 1, to);
      return;
    }
    String value = FieldSyntax.value(line, colon + 1, to);
    switch (name.use()) {
      case PASSED -> {
        lines.add(name.text());
        lines.add(value);
      }
      case DROPPED -> {}
      case CONTENT_LENGTH -> length(value);
      case TRANSFER_ENCODING -> coding(value);
      case CONNECTION -> connection = connection.isEmpty() ? value : connection + "," + value;
      case UPGRADE -> upgrade = upgrade.isEmpty() ? value : upgrade + "," + value;
    }
  }

  private void length(String value) {
    if (value.isEmpty() || !length.isEmpty() && !length.equals(value)) {
      throw new MalformedResponse("the content length is ambiguous");
    }
    length = value;
  }

  private void coding(String value) {
    if (!coding.isEmpty() || !value.equalsIgnoreCase("chunked")) {
      throw new MalformedResponse("the transfer coding is unknown");
    }
    coding = value;
  }

  ResponseHead finish() {
    boolean chunked = !coding.isEmpty();
    if (chunked && (!length.isEmpty() || http10)) {
      throw new MalformedResponse("the body's end is ambiguous");
    }
    long declared = length.isEmpty() ? -1 : digits(length);
    boolean keepAlive = !http10;
    if (connection.equalsIgnoreCase("keep-alive")) {
      keepAlive = true;
    } else if (!connection.isEmpty()) {
      keepAlive = !names("close") && (!http10 || names("keep-alive"));
      dropNamed();
    }
    boolean switched = !upgrade.isEmpty() && names("upgrade");
    return new ResponseHead(status, lines, declared, chunked, keepAlive, switched ? upgrade : "");
  }

  private static long digits(String text) {
    if (text.length() > MAX_LENGTH_DIGITS) {
      throw new MalformedResponse("the content length is too large");
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new MalformedResponse("the content length is not a number");
      }
      value = 10 * value + (c - '0');
    }
    return value;
  }

  private boolean names(String option) {
    int start = 0;
    while (start <= connection.length()) {
      int comma = connection.indexOf(',', start);
      int end = comma < 0 ? connection.length() : comma;
      if (connection.substring(start, end).strip().equalsIgnoreCase(option)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  /** What the backend calls a matter of its connection is none of the client's. */
  private void dropNamed() {
    for (int i = lines.size() - 2; i >= 0; i -= 2) {
      if (names(lines.get(i))) {
        lines.subList(i, i + 2).clear();
      }
    }
  }
}
