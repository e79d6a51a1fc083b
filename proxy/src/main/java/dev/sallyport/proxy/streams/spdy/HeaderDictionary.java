package dev.sallyport.proxy.streams.spdy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The text that both sides' compressors know beforehand: words with their lengths before them, and
 * a tail of values.
 *
 * @see <a href="https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/">SPDY/3.1,
 *     2.6.10.1</a>
 */
final class HeaderDictionary {

  private static final String WORDS =
      "options,head,post,put,delete,trace,accept,accept-charset,accept-encoding,accept-language,"
          + "accept-ranges,age,allow,authorization,cache-control,connection,content-base,"
          + "content-encoding,content-language,content-length,content-location,content-md5,"
          + "content-range,content-type,date,etag,expect,expires,from,host,if-match,"
          + "if-modified-since,if-none-match,if-range,if-unmodified-since,last-modified,location,"
          + "max-forwards,pragma,proxy-authenticate,proxy-authorization,range,referer,retry-after,"
          + "server,te,trailer,transfer-encoding,upgrade,user-agent,vary,via,warning,"
          + "www-authenticate,method,get,status,200 OK,version,HTTP/1.1,url,public,set-cookie,"
          + "keep-alive,origin";

  private static final String TAIL =
      "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505"
          + "203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request"
          + "401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error"
          + "501 Not Implemented503 Service Unavailable"
          + "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00"
          + " Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT"
          + "chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,"
          + "text/plain,text/javascript,publicprivatemax-age=gzip,deflate,sdch"
          + "charset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

  private HeaderDictionary() {}

  static byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1500);
    for (String word : WORDS.split(",", -1)) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(word.length()).array());
      out.writeBytes(word.getBytes(US_ASCII));
    }
    out.writeBytes(TAIL.getBytes(US_ASCII));
    return out.toByteArray();
  }
}
