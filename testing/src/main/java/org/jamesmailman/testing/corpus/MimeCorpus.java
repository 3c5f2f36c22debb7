// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.corpus;

import static org.jamesmailman.testing.corpus.CorpusMessage.mail;
import static org.jamesmailman.testing.corpus.Octets.mime;

import java.util.Base64;
import java.util.List;

/** MIME messages, sound and odd, all of which Mailman takes. Stateless. */
final class MimeCorpus {
    private static final String MIXED = "Content-Type: multipart/mixed; boundary=\"b\"";
    private static final String TEXT_PART = "--b\nContent-Type: text/plain\n\nText.\n";

    private MimeCorpus() {}

    static List<CorpusMessage> messages() {
        return List.of(
                mail("text-html", mime("html", "Content-Type: text/html; charset=utf-8", "<p>Hi\n")),
                mail(
                        "text-flowed",
                        mime("flowed", "Content-Type: text/plain; format=flowed; delsp=yes", "> Hi \nthere\n")),
                mail("text-calendar", mime("ics", "Content-Type: text/calendar; method=REQUEST", "BEGIN:VCALENDAR\n")),
                mail("text-quoted-printable", mime("qp", encoding("quoted-printable"), "caf=C3=A9 =\nsoft=20\n")),
                mail("text-broken-quoted-printable", mime("qpx", encoding("quoted-printable"), "=G1 =4 =\n=\n")),
                mail("text-base64", mime("b64", encoding("base64"), base64(300))),
                mail("text-broken-base64", mime("b64x", encoding("base64"), "AAA\n!!\u00e9\nA\n")),
                mail("text-uuencoded", mime("uu", encoding("x-uuencode"), "begin 644 f\n#0V%T\n`\nend\n")),
                mail("text-unknown-encoding", mime("enc", encoding("rot13"), "Uryyb\n")),
                mail("text-8-bit", mime("8bit", encoding("8bit"), "na\u00efve\n")),
                mail("charset-unknown", mime("chx", "Content-Type: text/plain; charset=x-none", "na\u00efve\n")),
                mail("charset-empty", mime("ch0", "Content-Type: text/plain; charset=\"\"", "na\u00efve\n")),
                mail("charset-8-bit", mime("ch8", "Content-Type: text/plain; charset=\u00fctf", "na\u00efve\n")),
                mail("charset-utf-7", mime("ch7", "Content-Type: text/plain; charset=utf-7", "+AOk-\n")),
                mail(
                        "charset-iso-2022-jp",
                        mime("jp", "Content-Type: text/plain; charset=iso-2022-jp", "\u001b$BF|\u001b(B\n")),
                mail("content-type-garbage", mime("ctx", "Content-Type: ;;;", "Hi\n")),
                mail("content-type-without-subtype", mime("ct1", "Content-Type: text", "Hi\n")),
                mail("content-type-twice", mime("ct2", "Content-Type: text/plain\nContent-Type: text/html", "Hi\n")),
                mail("content-type-folded", mime("ctf", "Content-Type:\n text/plain;\n\tcharset=utf-8", "Hi\n")),
                mail("parameters-rfc-2231", mime("2231", parameters(), "Hi\n")),
                mail("alternative", mime("alt", "Content-Type: multipart/alternative; boundary=b", alternative())),
                mail("attachment", mime("att", MIXED, TEXT_PART + attachment(3000) + "--b--\n")),
                mail("attachment-with-8-bit-name", mime("att8", MIXED, TEXT_PART + eightBitName() + "--b--\n")),
                mail("preamble-and-epilogue", mime("pre", MIXED, "Preamble\n\n" + TEXT_PART + "--b--\nEpilogue\n\n")),
                mail("part-empty", mime("part0", MIXED, "--b\n--b\n\n--b--\n")),
                mail("part-without-headers", mime("partn", MIXED, "--b\n\nNo headers\n--b--\n")),
                mail("part-with-broken-headers", mime("partx", MIXED, "--b\nno colon here\n\nText\n--b--\n")),
                mail("part-with-8-bit-headers", mime("part8", MIXED, "--b\nX-Odd: \u00e9\n\nna\u00efve\n--b--\n")),
                mail("part-multipart-unclosed", mime("partu", MIXED, unclosedInner())),
                mail(
                        "part-multipart-without-boundary",
                        mime("partb", MIXED, "--b\nContent-Type: multipart/x\n\nT\n--b--\n")),
                mail(
                        "boundary-quoted",
                        mime("bq", "Content-Type: multipart/mixed; boundary=\"a ()+_,-./:=? z\"", quoted())),
                boundaryOf70(),
                mail("boundary-lines-with-blanks", mime("bb", MIXED, "--b \t\n\nText\n--b-- \n")),
                mail("boundary-like-lines", mime("bl", MIXED, "--b\n\n--bb\n --b\n--\n--b--\n")),
                mail("boundary-shared-with-inner", mime("bs", MIXED, "--b\n" + MIXED + "\n\n--b\n\nT\n--b--\n--b--\n")),
                nested(5),
                nested(50),
                mail(
                        "related",
                        mime("rel", "Content-Type: multipart/related; boundary=b; type=\"text/html\"", related())),
                mail("digest", mime("dig", "Content-Type: multipart/digest; boundary=b", digest())),
                mail(
                        "signed-pgp",
                        mime("pgp", signed("application/pgp-signature"), signature("application/pgp-signature"))),
                mail(
                        "signed-smime",
                        mime("smime", signed("application/pkcs7-signature"), TEXT_PART + attachment(1500) + "--b--\n")),
                mail(
                        "encrypted",
                        mime(
                                "crypt",
                                "Content-Type: multipart/encrypted; boundary=b; protocol=\"application/pgp-encrypted\"",
                                encrypted())));
    }

    private static String encoding(String encoding) {
        return "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: " + encoding;
    }

    private static String boundary(String boundary) {
        return "Content-Type: multipart/mixed; boundary=\"" + boundary + '"';
    }

    private static CorpusMessage boundaryOf70() {
        String boundary = "=".repeat(70);
        return mail(
                "boundary-of-70", mime("b70", boundary(boundary), "--" + boundary + "\n\nT\n--" + boundary + "--\n"));
    }

    private static String signed(String protocol) {
        return "Content-Type: multipart/signed; boundary=b; micalg=pgp-sha256; protocol=\"" + protocol + '"';
    }

    private static String parameters() {
        return """
                Content-Type: text/plain; name*0*=utf-8'en'caf%C3%A9; name*1=.txt;
                 x*=us-ascii''%61
                Content-Disposition: attachment; filename="=?utf-8?q?caf=C3=A9?=.txt"\
                """;
    }

    private static String alternative() {
        return TEXT_PART + "--b\nContent-Type: text/html; charset=utf-8\n\n<p>Text.</p>\n\n--b--\n";
    }

    private static String attachment(int octets) {
        return """
                --b
                Content-Type: application/octet-stream; name=f.bin
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment; filename=f.bin

                """ + base64(octets);
    }

    private static String eightBitName() {
        return "--b\nContent-Type: application/pdf; name=\"caf\u00e9.pdf\"\n\n%PDF\n";
    }

    private static String unclosedInner() {
        return "--b\nContent-Type: multipart/mixed; boundary=inner\n\n--inner\n\nText\n--b--\n";
    }

    private static String quoted() {
        return "--a ()+_,-./:=? z\n\nText\n--a ()+_,-./:=? z--\n";
    }

    private static CorpusMessage nested(int depth) {
        StringBuilder body = new StringBuilder();
        for (int level = 1; level < depth; level++) {
            body.append("--n").append(level).append("\nContent-Type: multipart/mixed; boundary=n");
            body.append(level + 1).append("\n\n");
        }
        body.append("--n").append(depth).append("\n\nThe core.\n");
        for (int level = depth; level > 0; level--) {
            body.append("--n").append(level).append("--\n");
        }
        return mail("nested-" + depth, mime("nested" + depth, boundary("n1"), body.toString()));
    }

    private static String related() {
        return """
                --b
                Content-Type: text/html

                <img src="cid:1@x">
                --b
                Content-Type: image/png
                Content-ID: <1@x>
                Content-Transfer-Encoding: base64

                """ + base64(500) + "--b--\n";
    }

    private static String digest() {
        return "--b\n\nFrom: a@example.com\nSubject: one\n\nOne\n--b\n\nFrom: b@example.com\n\nTwo\n\n--b--\n";
    }

    private static String signature(String type) {
        return TEXT_PART + "--b\nContent-Type: " + type + """
                ; name=signature.asc

                -----BEGIN PGP SIGNATURE-----

                AAAA
                -----END PGP SIGNATURE-----

                --b--
                """;
    }

    private static String encrypted() {
        return """
                --b
                Content-Type: application/pgp-encrypted

                Version: 1

                --b
                Content-Type: application/octet-stream

                -----BEGIN PGP MESSAGE-----

                --b--
                """;
    }

    private static String base64(int octets) {
        byte[] content = new byte[octets];
        for (int i = 0; i < octets; i++) {
            content[i] = (byte) (i * 31);
        }
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(content) + '\n';
    }
}
