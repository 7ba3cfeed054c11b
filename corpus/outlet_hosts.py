"""Where outlets publish: the hosts of those in `outlets` whose names leave no doubt whom they mean.

Data and a lookup, apart from `publishers`, which decides what a host means. Names that papers of several countries have
("The Star", "Metro") are left out: any host may be theirs.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from corpus import outlets

# Canonical name = hosts; what stands below them is theirs too. Checked against `outlets` by the tests.
_HOSTS = """
9to5Google = 9to5google.com ; 9to5Mac = 9to5mac.com ; ABC News = abcnews.go.com, abcn.ws, abc.com, abc.net.au, abc.es
Agence France-Presse = afp.com ; Al Arabiya = alarabiya.net ; Al Jazeera = aljazeera.com, aljazeera.net
Anadolu Agency = aa.com.tr ; Ars Technica = arstechnica.com, arstechnica.co.uk ; Asahi Shimbun = asahi.com
Associated Press = ap.org, apnews.com, apimages.com ; Axios = axios.com ; Barron's = barrons.com
BBC = bbc.co.uk, bbc.com, bbci.co.uk, bbc.in ; BGR = bgr.com ; Billboard = billboard.com
Bleacher Report = bleacherreport.com ; Bleeding Cool = bleedingcool.com
Bloomberg = bloomberg.com, businessweek.com, bloom.bg, bnnbloomberg.ca, bloomberglaw.com, bloomberg.co.jp
BNO News = bnonews.com ; Boing Boing = boingboing.net ; Boston Globe = bostonglobe.com, boston.com
Boston Herald = bostonherald.com ; Breitbart = breitbart.com
Business Insider = businessinsider.com, insider.com, businessinsider.de, businessinsider.in, businessinsider.jp, read.bi
Business Wire = businesswire.com ; BuzzFeed = buzzfeed.com, buzzfeednews.com, bzfd.it
Canadian Press = thecanadianpress.com ; CBC = cbc.ca ; CBS News = cbsnews.com, cbsn.ws, cbslocal.com, cbs.com
Channel 4 News = channel4.com ; Chicago Sun-Times = suntimes.com ; Chicago Tribune = chicagotribune.com
Chosun Ilbo = chosun.com ; CNBC = cnbc.com, cnb.cx, cnbctv18.com ; CNET = cnet.com, cnet.co
CNN = cnn.com, cnn.it, cnn.co.jp, cnnturk.com, cnnbrasil.com.br, cnnindonesia.com, cnnespanol.com
Comic Book Resources = cbr.com ; Consumer Reports = consumerreports.org ; Corriere della Sera = corriere.it
CTV = ctvnews.ca, ctv.ca ; Cult of Mac = cultofmac.com ; Daily Beast = thedailybeast.com
Daily Caller = dailycaller.com ; Daily Dot = dailydot.com
Daily Mail = dailymail.co.uk, mailonline.com, mailonline.co.uk, dailymail.com, thisismoney.co.uk, mailplus.co.uk
Deadline = deadline.com ; Der Spiegel = spiegel.de ; Detroit Free Press = freep.com
Deutsche Presse-Agentur = dpa.com, dpa-international.com, dpa.de ; Deutsche Welle = dw.com, dw.de ; Digg = digg.com
Dow Jones = dowjones.com, wsj.com, marketwatch.com, djreprints.com ; Engadget = engadget.com
Entertainment Weekly = ew.com
ESPN = espn.com, espn.go.com, espn.co.uk, espncricinfo.com, es.pn, espn.com.au, espnfc.com
Esquire = esquire.com, esquire.co.uk ; Euronews = euronews.com ; Evening Standard = standard.co.uk
Fars News Agency = farsnews.com, farsnews.ir ; Financial Times = ft.com, on.ft.com
FiveThirtyEight = fivethirtyeight.com ; Forbes = forbes.com, onforb.es ; Fortune = fortune.com
Fox News = foxnews.com, fxn.ws, foxbusiness.com, fox.com ; France 24 = france24.com ; Gawker = gawker.com
Gizmodo = gizmodo.com, gizmodo.co.uk, gizmodo.com.au ; Globe and Mail = theglobeandmail.com
Good Morning America = goodmorningamerica.com, abcnews.go.com ; GQ = gq.com, gq-magazine.co.uk, gq.com.au
Guardian = theguardian.com, guardian.co.uk, gu.com, guardian.ng, guardian.co.tt ; Haaretz = haaretz.com, haaretz.co.il
Hollywood Life = hollywoodlife.com ; Hollywood Reporter = hollywoodreporter.com
HuffPost = huffpost.com, huffingtonpost.com, huffingtonpost.co.uk, huffingtonpost.ca, huffpost.co.uk, huffingtonpost.fr
iFixit = ifixit.com ; Inside Edition = insideedition.com ; Interfax = interfax.ru, interfax.com
International Business Times = ibtimes.com, ibtimes.co.uk, ibtimes.co.in, ibtimes.sg, ibtimes.com.au ; IRNA = irna.ir
ITAR-TASS = tass.com, tass.ru, itar-tass.com ; ITV = itv.com ; Jalopnik = jalopnik.com ; Jerusalem Post = jpost.com
Jezebel = jezebel.com ; Judicial Watch = judicialwatch.org ; Kotaku = kotaku.com, kotaku.co.uk
Kyodo = kyodonews.net, kyodonews.jp, kyodo.co.jp ; LA Times = latimes.com, lat.ms ; Le Figaro = lefigaro.fr
Le Monde = lemonde.fr ; LiveScience = livescience.com ; Mac Rumors = macrumors.com ; Mashable = mashable.com
McClatchy = mcclatchydc.com, mcclatchy.com ; MSNBC = msnbc.com, on.msnbc.com ; MTV = mtv.com, mtv.co.uk
National Geographic = nationalgeographic.com, nationalgeographic.co.uk, on.natgeo.com, natgeo.com
NBC News = nbcnews.com, nbcnews.to, nbc.com, today.com ; New York Daily News = nydailynews.com, nydn.us
New York Magazine = nymag.com, vulture.com, thecut.com, grubstreet.com, curbed.com ; New York Post = nypost.com
New York Times = nytimes.com, nyti.ms, nytimes.co, nytco.com ; New Yorker = newyorker.com ; News.com.au = news.com.au
Newsweek = newsweek.com ; Nikkei = nikkei.com, nikkei.co.jp ; NPR = npr.org, n.pr ; Onion = theonion.com
PC Magazine = pcmag.com ; PetaPixel = petapixel.com ; Politico = politico.com, politico.eu, politi.co
PolitiFact = politifact.com ; Popular Mechanics = popularmechanics.com ; Poynter = poynter.org
PR Newswire = prnewswire.com, prnewswire.co.uk ; ProPublica = propublica.org ; Quartz = qz.com
Radar Online = radaronline.com ; Raw Story = rawstory.com ; Re/code = recode.net, vox.com
Reuters = reuters.com, reut.rs, thomsonreuters.com, reutersmedia.net, reutersagency.com, trust.org
RIA Novosti = ria.ru ; Rolling Stone = rollingstone.com, rollingstone.co.uk ; RT = rt.com ; Rudaw = rudaw.net
Scientific American = scientificamerican.com ; Sky News = sky.com, skynews.com.au, news.sky.com, skynews.com
Slate = slate.com, slate.fr, slate.me ; Smoking Gun = thesmokinggun.com ; Snopes = snopes.com
South China Morning Post = scmp.com ; Space.com = space.com ; Sports Illustrated = si.com ; Stuff.co.nz = stuff.co.nz
TechCrunch = techcrunch.com, tcrn.ch ; Telegraph = telegraph.co.uk, telegraphindia.com, dailytelegraph.com.au
The Hill = thehill.com ; The Information = theinformation.com ; The Next Web = thenextweb.com, tnw.to
The Verge = theverge.com ; TheWrap = thewrap.com ; ThinkProgress = thinkprogress.org
TIME = time.com, ti.me, timeinc.com ; TMZ = tmz.com ; Toronto Star = thestar.com ; Toronto Sun = torontosun.com
UPI = upi.com ; Us Weekly = usmagazine.com ; USA Today = usatoday.com, usat.ly, usatodaysportsplus.com
Vanity Fair = vanityfair.com, vanityfair.co.uk ; Variety = variety.com ; VentureBeat = venturebeat.com
Vice = vice.com, vicenews.com ; Voice of America = voanews.com, voaafrica.com ; Vox = vox.com ; Vulture = vulture.com
Wall Street Journal = wsj.com, on.wsj.com, wsj.net ; Washington Examiner = washingtonexaminer.com
Washington Free Beacon = freebeacon.com ; Washington Post = washingtonpost.com, wapo.st
Washington Times = washingtontimes.com ; WikiLeaks = wikileaks.org
Wired = wired.com, wired.co.uk, wired.it, wired.jp ; Xinhua = xinhuanet.com, news.cn
Yahoo = yahoo.com, yahoo.co.jp, yahoo.co.uk, yahoonews.com ; Ynet = ynet.co.il, ynetnews.com
Yonhap = yna.co.kr, yonhapnews.co.kr ; ZDNet = zdnet.com, zdnet.fr, zdnet.de ; Zero Hedge = zerohedge.com
"""

_CARRIERS = """
archive.org archive.today archive.ph archive.is archive.li archive.vn archive.md archive.fo perma.cc webcitation.org
googleusercontent.com ampproject.org google.com msn.com aol.com apple.news flipboard.com feedburner.com feedly.com
getpocket.com smartnews.com newsbreak.com pressreader.com lexisnexis.com proquest.com factiva.com nexis.com bit.ly
t.co tinyurl.com goo.gl ow.ly buff.ly dlvr.it ift.tt is.gd trib.al lnkd.in fb.me youtu.be wp.me hubs.ly shorturl.at
facebook.com twitter.com x.com instagram.com youtube.com reddit.com linkedin.com threads.net bsky.app t.me tiktok.com
tumblr.com vimeo.com medium.com substack.com wikipedia.org wikimedia.org github.com localhost
"""
"""Archives, link shorteners, aggregators and places where anybody posts: they say nothing of who wrote a text."""


def host_of(url: str | None) -> str:
    """In small letters, without `www.`; "" where the address names none or is no address of the web."""
    try:
        parts = urlsplit((url or "").strip())
        host = parts.hostname if parts.scheme in {"http", "https"} else None
    except ValueError:
        return ""
    return (host or "").rstrip(".").removeprefix("www.")


def hosts_of(outlet: str) -> frozenset[str]:
    """By canonical name; none where any host may be its."""
    return all_hosts().get(outlet, frozenset())


def is_elsewhere(host: str, outlet: str) -> bool:
    """Whether a host is neither the outlet's nor a carrier of others' texts nor another known outlet's.

    Outlets print one another's texts, and agencies' most of all.
    """
    return bool(hosts_of(outlet)) and not any(_above(host) & known for known in (hosts_of(outlet), _known()))


def _above(host: str) -> set[str]:
    """The host and every domain that it stands below."""
    labels = host.split(".")
    return {".".join(labels[at:]) for at in range(len(labels))}


@lru_cache(maxsize=1)
def all_hosts() -> dict[str, frozenset[str]]:
    """By canonical name."""
    entries = (entry.partition(" = ") for line in _HOSTS.strip().splitlines() for entry in line.split(" ; "))
    return {name.strip(): frozenset(host.strip() for host in hosts.split(",")) for name, _, hosts in entries}


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(_CARRIERS.split()).union(*all_hosts().values())


def outlet_at(host: str) -> str | None:
    """Whose host it is."""
    above = _above(host)
    return next((outlet for outlet, hosts in all_hosts().items() if hosts & above), None)


def outlet_named(publisher: str) -> str | None:
    """The outlet that a publisher's name or address means, where it is one with hosts.

    A common word, such as "Mail", is the short name of many.
    """
    if outlets.is_shy(publisher) and publisher.casefold() != (outlets.known(publisher) or "").casefold():
        return None
    name = (
        outlets.known(publisher) or outlets.known(outlets.by_form(publisher) or "") or outlet_at(publisher.casefold())
    )
    return name if name is not None and hosts_of(name) else None
