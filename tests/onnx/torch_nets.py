"""torch_nets.py - architectures of the field, small, made for the test: name -> (module, input shape). All of them in eval mode."""
import torch
from torch import nn
from torch.nn import functional as F

NETS = {}


def net(*shape):
    def add(f):
        NETS[f.__name__] = (f, shape)
        return f
    return add


class Of(nn.Module):
    """A module whose forward is a function of its parts."""

    def __init__(self, forward, **parts):
        super().__init__()
        self.function = forward
        for name, part in parts.items():
            setattr(self, name, part)

    def forward(self, x):
        return self.function(self, x)


def conv(i, o, k=3, s=1, g=1, act=nn.ReLU):
    return nn.Sequential(nn.Conv2d(i, o, k, s, k // 2, groups=g, bias=False), nn.BatchNorm2d(o), *([act()] if act else []))


# ---- classifiers -----------------------------------------------------------------------------------------------------------------

@net(1, 1, 28, 28)
def lenet():
    return nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
                         nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10), nn.Softmax(-1))


@net(1, 3, 32, 32)
def alexnet():
    return nn.Sequential(nn.Conv2d(3, 24, 5, 2, 2), nn.ReLU(), nn.LocalResponseNorm(5), nn.MaxPool2d(3, 2), nn.Conv2d(24, 32, 3, 1, 1), nn.ReLU(),
                         nn.MaxPool2d(3, 2, ceil_mode=True), nn.Flatten(), nn.Dropout(), nn.Linear(32 * 3 * 3, 10))


@net(1, 3, 32, 32)
def vgg():
    return nn.Sequential(conv(3, 16), conv(16, 16), nn.MaxPool2d(2), conv(16, 32), conv(32, 32), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(2048, 10))


def residual(i, o, s):
    skip = conv(i, o, 1, s, act=None) if s != 1 or i != o else nn.Identity()
    return Of(lambda m, x: F.relu(m.b(m.a(x)) + m.skip(x)), a=conv(i, o, 3, s), b=conv(o, o, act=None), skip=skip)


@net(1, 3, 32, 32)
def resnet_basic():
    return nn.Sequential(conv(3, 16), residual(16, 16, 1), residual(16, 32, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10))


@net(1, 3, 32, 32)
def resnet_bottleneck():
    def block(i, m, s):
        return Of(lambda self, x: F.relu(self.body(x) + self.skip(x)), body=nn.Sequential(conv(i, m, 1), conv(m, m, 3, s), conv(m, 4 * m, 1, act=None)),
                  skip=conv(i, 4 * m, 1, s, act=None))
    return nn.Sequential(conv(3, 16, 7, 2), nn.MaxPool2d(3, 2, 1), block(16, 8, 1), block(32, 16, 2), nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(1), nn.Linear(64, 10))


@net(1, 3, 32, 32)
def resnext():
    return nn.Sequential(conv(3, 32), Of(lambda m, x: F.relu(m.b(x) + x), b=nn.Sequential(conv(32, 32, 1), conv(32, 32, 3, g=8), conv(32, 32, 1, act=None))),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10))


@net(1, 3, 24, 24)
def preactivation():
    block = Of(lambda m, x: x + m.b(x), b=nn.Sequential(nn.BatchNorm2d(16), nn.ReLU(), nn.Conv2d(16, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(),
                                                       nn.Conv2d(16, 16, 3, padding=1)))
    return nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), block, nn.BatchNorm2d(16), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))


@net(1, 3, 32, 32)
def densenet():
    def layer(i):
        return Of(lambda m, x: torch.cat([x, m.c(F.relu(m.n(x)))], 1), n=nn.BatchNorm2d(i), c=nn.Conv2d(i, 12, 3, padding=1, bias=False))
    return nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), layer(16), layer(28), layer(40), nn.Conv2d(52, 26, 1), nn.AvgPool2d(2), layer(26),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(38, 10))


@net(1, 3, 32, 32)
def inception():
    return nn.Sequential(conv(3, 16), Of(lambda m, x: torch.cat([m.a(x), m.b(x), m.c(x), m.d(x)], 1), a=conv(16, 8, 1), b=nn.Sequential(conv(16, 8, 1), conv(8, 12, 3)),
                                         c=nn.Sequential(conv(16, 4, 1), conv(4, 8, 5)), d=nn.Sequential(nn.MaxPool2d(3, 1, 1), conv(16, 8, 1))),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(36, 10))


@net(1, 3, 32, 32)
def inception_factored():
    return nn.Sequential(conv(3, 16), Of(lambda m, x: torch.cat([m.a(x), m.b(x)], 1), a=nn.Sequential(nn.Conv2d(16, 8, (1, 7), padding=(0, 3)), nn.Conv2d(8, 8, (7, 1), padding=(3, 0))),
                                         b=nn.AvgPool2d(3, 1, 1, count_include_pad=False)), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(24, 10))


def squeeze_excite(c, r=4, gate=nn.Sigmoid):
    return Of(lambda m, x: x * m.s(x), s=nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(c, c // r, 1), nn.ReLU(), nn.Conv2d(c // r, c, 1), gate()))


@net(1, 3, 32, 32)
def senet():
    return nn.Sequential(conv(3, 16), squeeze_excite(16), conv(16, 32, s=2), squeeze_excite(32), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10))


@net(1, 3, 32, 32)
def squeeze_excite_linear():
    gate = Of(lambda m, x: x * torch.sigmoid(m.b(F.relu(m.a(x.mean((2, 3)))))).view(x.size(0), x.size(1), 1, 1), a=nn.Linear(16, 4), b=nn.Linear(4, 16))
    return nn.Sequential(conv(3, 16), gate, nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(16, 10))


@net(1, 3, 32, 32)
def squeezenet():
    def fire(i, s, e):
        return Of(lambda m, x: torch.cat([F.relu(m.e1(F.relu(m.s(x)))), F.relu(m.e3(F.relu(m.s(x))))], 1), s=nn.Conv2d(i, s, 1), e1=nn.Conv2d(s, e, 1), e3=nn.Conv2d(s, e, 3, padding=1))
    return nn.Sequential(nn.Conv2d(3, 16, 3, 2), nn.ReLU(), nn.MaxPool2d(3, 2, ceil_mode=True), fire(16, 8, 16), fire(32, 8, 16), nn.Conv2d(32, 10, 1), nn.ReLU(),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten())


@net(1, 3, 32, 32)
def mobilenet_v1():
    return nn.Sequential(conv(3, 8, s=2), conv(8, 8, g=8), conv(8, 16, 1), conv(16, 16, s=2, g=16), conv(16, 32, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10))


def inverted(i, o, s, e=4, act=nn.ReLU6):
    body = nn.Sequential(conv(i, e * i, 1, act=act), conv(e * i, e * i, 3, s, e * i, act), conv(e * i, o, 1, act=None))
    return Of(lambda m, x: x + m.b(x) if s == 1 and i == o else m.b(x), b=body)


@net(1, 3, 32, 32)
def mobilenet_v2():
    return nn.Sequential(conv(3, 8, s=2, act=nn.ReLU6), inverted(8, 8, 1), inverted(8, 12, 2), inverted(12, 12, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(12, 10))


@net(1, 3, 32, 32)
def mobilenet_v3():
    return nn.Sequential(conv(3, 16, s=2, act=nn.Hardswish), squeeze_excite(16, gate=nn.Hardsigmoid), inverted(16, 16, 1, act=nn.Hardswish), conv(16, 32, 1, act=nn.Hardswish),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 16), nn.Hardswish(), nn.Linear(16, 10))


@net(1, 3, 32, 32)
def efficientnet():
    return nn.Sequential(conv(3, 16, s=2, act=nn.SiLU), inverted(16, 16, 1, act=nn.SiLU), squeeze_excite(16), inverted(16, 24, 2, act=nn.SiLU), nn.AdaptiveAvgPool2d(1),
                         nn.Flatten(), nn.Linear(24, 10))


def shuffle(x, g):
    n, c, h, w = x.shape
    return x.view(n, g, c // g, h, w).transpose(1, 2).reshape(n, c, h, w)


@net(1, 3, 32, 32)
def shufflenet_v1():
    block = Of(lambda m, x: F.relu(x + m.c(m.b(shuffle(m.a(x), 4)))), a=conv(16, 16, 1, g=4), b=conv(16, 16, g=16, act=None), c=conv(16, 16, 1, g=4, act=None))
    return nn.Sequential(conv(3, 16, s=2), block, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))


@net(1, 3, 32, 32)
def shufflenet_v2():
    def forward(m, x):
        a, b = x.chunk(2, 1)
        return shuffle(torch.cat([a, m.b(b)], 1), 2)
    block = Of(forward, b=nn.Sequential(conv(8, 8, 1), conv(8, 8, g=8, act=None), conv(8, 8, 1)))
    return nn.Sequential(conv(3, 16, s=2), block, block, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))


@net(1, 3, 32, 32)
def ghostnet():
    ghost = Of(lambda m, x: torch.cat([(y := m.a(x)), m.b(y)], 1), a=conv(8, 8, 1), b=conv(8, 8, g=8))
    return nn.Sequential(conv(3, 8, s=2), ghost, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))


@net(1, 3, 32, 32)
def convnext():
    def forward(m, x):
        y = m.n(m.d(x).permute(0, 2, 3, 1))
        return x + (m.g * m.b(F.gelu(m.a(y)))).permute(0, 3, 1, 2)
    block = Of(forward, d=nn.Conv2d(16, 16, 7, padding=3, groups=16), n=nn.LayerNorm(16), a=nn.Linear(16, 64), b=nn.Linear(64, 16), g=nn.Parameter(torch.full((16,), 0.5)))
    return nn.Sequential(nn.Conv2d(3, 16, 4, 4), block, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.LayerNorm(16), nn.Linear(16, 10))


@net(1, 3, 24, 24)
def repvgg():
    return nn.Sequential(Of(lambda m, x: F.relu(m.a(x) + m.b(x)), a=conv(3, 16, 3, act=None), b=conv(3, 16, 1, act=None)),
                         Of(lambda m, x: F.relu(m.a(x) + m.b(x) + m.n(x)), a=conv(16, 16, 3, act=None), b=conv(16, 16, 1, act=None), n=nn.BatchNorm2d(16)),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))


@net(1, 3, 24, 24)
def darknet_mish():
    return nn.Sequential(conv(3, 16, act=nn.Mish), conv(16, 32, s=2, act=lambda: nn.LeakyReLU(0.1)), conv(32, 32, act=nn.ELU), conv(32, 16, act=nn.SELU),
                         conv(16, 16, act=nn.Softplus), conv(16, 16, act=nn.PReLU), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))


# ---- dense prediction ---------------------------------------------------------------------------------------------------------------

@net(1, 3, 32, 32)
def unet():
    def forward(m, x):
        a = m.a(x)
        b = m.b(F.max_pool2d(a, 2))
        c = m.c(F.max_pool2d(b, 2))
        y = m.d(torch.cat([m.u1(c), b], 1))
        return m.e(torch.cat([m.u2(y), a], 1))
    return Of(forward, a=conv(3, 8), b=conv(8, 16), c=conv(16, 32), u1=nn.ConvTranspose2d(32, 16, 2, 2), d=conv(32, 16), u2=nn.ConvTranspose2d(16, 8, 2, 2), e=nn.Conv2d(16, 2, 1))


@net(1, 3, 32, 32)
def unet_bilinear():
    def forward(m, x):
        a = m.a(x)
        b = m.b(F.max_pool2d(a, 2))
        up = F.interpolate(b, scale_factor=2, mode="bilinear", align_corners=True)
        return torch.sigmoid(m.c(torch.cat([up, a], 1)))
    return Of(forward, a=conv(3, 8), b=conv(8, 16), c=nn.Conv2d(24, 1, 3, padding=1))


@net(1, 3, 24, 24)
def segmentation_aspp():
    def forward(m, x):
        y = m.a(x)
        z = torch.cat([m.r1(y), m.r2(y), F.interpolate(m.p(y), size=y.shape[2:], mode="bilinear", align_corners=False)], 1)
        return F.interpolate(m.o(z), size=x.shape[2:], mode="bilinear", align_corners=False)
    return Of(forward, a=conv(3, 16, s=2), r1=nn.Conv2d(16, 8, 3, padding=2, dilation=2), r2=nn.Conv2d(16, 8, 3, padding=4, dilation=4),
              p=nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(16, 8, 1)), o=nn.Conv2d(24, 4, 1))


@net(1, 3, 32, 32)
def feature_pyramid():
    def forward(m, x):
        a = m.a(x)
        b = m.b(a)
        top = m.lb(b)
        return m.o(m.la(a) + F.interpolate(top, scale_factor=2, mode="nearest")), top
    return Of(forward, a=conv(3, 16, s=2), b=conv(16, 32, s=2), la=nn.Conv2d(16, 8, 1), lb=nn.Conv2d(32, 8, 1), o=nn.Conv2d(8, 8, 3, padding=1))


@net(1, 1, 16, 16)
def super_resolution():
    return nn.Sequential(nn.Conv2d(1, 16, 5, padding=2), nn.Tanh(), nn.Conv2d(16, 9, 3, padding=1), nn.PixelShuffle(3))


@net(1, 3, 16, 16)
def pixel_unshuffle():
    return nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(12, 16, 3, padding=1), nn.ReLU(), nn.PixelShuffle(2))


@net(1, 3, 32, 32)
def style_transfer():
    return nn.Sequential(nn.ReflectionPad2d(4), nn.Conv2d(3, 8, 9), nn.InstanceNorm2d(8, affine=True), nn.ReLU(), nn.Conv2d(8, 16, 3, 2, 1), nn.InstanceNorm2d(16, affine=True), nn.ReLU(),
                         nn.Upsample(scale_factor=2, mode="nearest"), nn.ReflectionPad2d(1), nn.Conv2d(16, 8, 3), nn.ReplicationPad2d(1), nn.Conv2d(8, 3, 3), nn.Tanh())


@net(1, 8, 4, 4)
def gan_generator():
    return nn.Sequential(nn.ConvTranspose2d(8, 16, 4, 2, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), nn.ConvTranspose2d(16, 3, 3, 2, 1, output_padding=1), nn.Tanh())


@net(1, 3, 32, 32)
def autoencoder():
    return nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(2048, 16), nn.ReLU(), nn.Linear(16, 2048), nn.Unflatten(1, (8, 16, 16)),
                         nn.ConvTranspose2d(8, 3, 2, 2), nn.Sigmoid())


# ---- detection ----------------------------------------------------------------------------------------------------------------------

@net(1, 3, 32, 32)
def detector_ssd():
    def forward(m, x):
        a = m.a(x)
        b = m.b(a)
        boxes = torch.cat([h(t).permute(0, 2, 3, 1).reshape(1, -1, 4) for h, t in ((m.xa, a), (m.xb, b))], 1)
        scores = torch.cat([h(t).permute(0, 2, 3, 1).reshape(1, -1, 3) for h, t in ((m.ca, a), (m.cb, b))], 1)
        center = boxes[..., :2] * 0.1 * m.priors[..., 2:] + m.priors[..., :2]
        size = m.priors[..., 2:] * torch.exp(boxes[..., 2:] * 0.2)
        return torch.cat([center - size / 2, center + size / 2], -1), F.softmax(scores, -1)
    net = Of(forward, a=conv(3, 16, s=4), b=conv(16, 16, s=2), xa=nn.Conv2d(16, 8, 3, padding=1), xb=nn.Conv2d(16, 8, 3, padding=1), ca=nn.Conv2d(16, 6, 3, padding=1), cb=nn.Conv2d(16, 6, 3, padding=1))
    net.register_buffer("priors", torch.rand(1, 160, 4))
    return net


@net(1, 3, 32, 32)
def detector_yolo():
    def forward(m, x):
        y = m.h(m.b(x))
        n, _, hh, ww = y.shape
        y = y.view(n, 2, 7, hh, ww).permute(0, 1, 3, 4, 2)
        xy = (torch.sigmoid(y[..., :2]) + m.grid) * 8
        wh = torch.exp(y[..., 2:4]) * m.anchors
        return torch.cat([xy, wh, torch.sigmoid(y[..., 4:])], -1).reshape(n, -1, 7)
    net = Of(forward, b=nn.Sequential(conv(3, 16, s=2, act=nn.SiLU), conv(16, 16, s=2, act=nn.SiLU), conv(16, 16, s=2, act=nn.SiLU)), h=nn.Conv2d(16, 14, 1))
    net.register_buffer("grid", torch.stack(torch.meshgrid(torch.arange(4.), torch.arange(4.), indexing="ij"), -1).view(1, 1, 4, 4, 2))
    net.register_buffer("anchors", torch.rand(1, 2, 1, 1, 2))
    return net


@net(1, 3, 32, 32)
def yolo_spp_split():
    def forward(m, x):
        y = m.s(x)
        a, b = torch.split(y, [8, 8], 1)
        b = m.c(b)
        y = torch.cat([a, b, F.max_pool2d(b, 5, 1, 2), F.max_pool2d(b, 9, 1, 4)], 1)
        return m.o(y)
    return Of(forward, s=conv(3, 16, s=2, act=nn.SiLU), c=conv(8, 8, act=nn.SiLU), o=nn.Conv2d(32, 8, 1))


@net(1, 3, 16, 16)
def centre_heatmap():
    def forward(m, x):
        h = torch.sigmoid(m.h(m.a(x)))
        peak = F.max_pool2d(h, 3, 1, 1)
        kept = h * (peak == h).float()
        score, where = torch.topk(kept.view(1, -1), 5)
        return score, where
    return Of(forward, a=conv(3, 8), h=nn.Conv2d(8, 2, 1))


@net(1, 3, 16, 16)
def spatial_transformer():
    def forward(m, x):
        theta = m.l(F.adaptive_avg_pool2d(m.a(x), 1).flatten(1)).view(-1, 2, 3) * 0.1 + m.unit
        return F.grid_sample(x, F.affine_grid(theta, x.shape, align_corners=False), align_corners=False)
    net = Of(forward, a=conv(3, 8), l=nn.Linear(8, 6))
    net.register_buffer("unit", torch.tensor([[[1., 0, 0], [0, 1, 0]]]))
    return net


# ---- sequences, sound, tables ---------------------------------------------------------------------------------------------------------

@net(1, 3, 16, 16)
def deformable():
    """A 3 x 3 convolution whose taps are moved by a second one (Dai et al., 2017), by GridSample: each tap a picture."""
    def forward(m, x):
        y = m.i(x)
        o = 0.1 * m.o(y)
        taps = [F.grid_sample(y, m.grid + m.shift[k] + o[:, 2 * k:2 * k + 2].permute(0, 2, 3, 1), align_corners=False) for k in range(9)]
        return m.w(torch.cat(taps, 1))
    net = Of(forward, i=conv(3, 8), o=nn.Conv2d(8, 18, 3, padding=1), w=nn.Conv2d(72, 6, 1))
    line = (torch.arange(16.) + 0.5) / 8 - 1
    y, x = torch.meshgrid(line, line, indexing="ij")
    net.register_buffer("grid", torch.stack([x, y], -1)[None])
    net.register_buffer("shift", torch.tensor([[j / 8, i / 8] for i in (-1., 0., 1.) for j in (-1., 0., 1.)]))
    return net


@net(1, 16, 8)
def lstm_classifier():
    return Of(lambda m, x: m.l(m.r(x)[0][:, -1]), r=nn.LSTM(8, 12, batch_first=True), l=nn.Linear(12, 5))


@net(1, 16, 8)
def gru_two_layers_both_ways():
    return Of(lambda m, x: m.l(m.r(x)[0]), r=nn.GRU(8, 6, 2, batch_first=True, bidirectional=True), l=nn.Linear(12, 5))


@net(1, 1, 16, 40)
def convolutions_then_lstm():
    return Of(lambda m, x: m.l(m.r(m.c(x).permute(0, 3, 1, 2).flatten(2))[0]), c=nn.Sequential(conv(1, 4, s=2), conv(4, 8, s=2)), r=nn.LSTM(32, 16, batch_first=True, bidirectional=True),
              l=nn.Linear(32, 7))


@net(1, 4, 64)
def temporal_convolutions():
    def forward(m, x):
        for c, d in ((m.a, 1), (m.b, 2), (m.c, 4)):
            x = x + F.relu(c(F.pad(x, (2 * d, 0))))
        return m.l(x.mean(-1))
    return Of(forward, a=nn.Conv1d(4, 4, 3), b=nn.Conv1d(4, 4, 3, dilation=2), c=nn.Conv1d(4, 4, 3, dilation=4), l=nn.Linear(4, 3))


@net(1, 2, 64)
def wavenet_gates():
    def forward(m, x):
        y = m.i(x)
        s = 0
        for c, o in ((m.c1, m.o1), (m.c2, m.o2)):
            a, b = c(y).chunk(2, 1)
            z = o(torch.tanh(a) * torch.sigmoid(b))
            y, s = y + z, s + z
        return m.l(F.relu(s))
    return Of(forward, i=nn.Conv1d(2, 8, 1), c1=nn.Conv1d(8, 16, 3, padding=1), c2=nn.Conv1d(8, 16, 3, padding=2, dilation=2), o1=nn.Conv1d(8, 8, 1), o2=nn.Conv1d(8, 8, 1), l=nn.Conv1d(8, 4, 1))


@net(1, 1, 49, 10)
def keyword_spotting():
    return nn.Sequential(nn.Conv2d(1, 16, (10, 4), 2, (4, 1)), nn.BatchNorm2d(16), nn.ReLU(), conv(16, 16, g=16), conv(16, 16, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 12),
                         nn.LogSoftmax(-1))


@net(1, 12)
def tabular():
    return nn.Sequential(nn.BatchNorm1d(12), nn.Linear(12, 32), nn.GELU(), nn.Dropout(), nn.Linear(32, 16), nn.ReLU(), nn.Linear(16, 1))


@net(1, 20)
def residual_mlp():
    return Of(lambda m, x: m.o(x * 0.5 + F.leaky_relu(m.a(x), 0.2) - m.b(x).abs().sqrt().clamp(0, 3)), a=nn.Linear(20, 20), b=nn.Linear(20, 20), o=nn.Linear(20, 4))


# ---- transformers -----------------------------------------------------------------------------------------------------------------------

class Attention(nn.Module):
    def __init__(self, c, heads):
        super().__init__()
        self.heads, self.qkv, self.out = heads, nn.Linear(c, 3 * c), nn.Linear(c, c)

    def forward(self, x):
        n, t, c = x.shape
        q, k, v = self.qkv(x).reshape(n, t, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        a = (q @ k.transpose(-2, -1) * (c // self.heads) ** -0.5).softmax(-1)
        return self.out((a @ v).transpose(1, 2).reshape(n, t, c))


def encoder(c, heads):
    return Of(lambda m, x: (y := x + m.a(m.n1(x))) + m.f(m.n2(y)), a=Attention(c, heads), n1=nn.LayerNorm(c), n2=nn.LayerNorm(c), f=nn.Sequential(nn.Linear(c, 2 * c), nn.GELU(), nn.Linear(2 * c, c)))


@net(1, 3, 32, 32)
def vision_transformer():
    def forward(m, x):
        y = m.p(x).flatten(2).transpose(1, 2)
        y = torch.cat([m.cls.expand(y.shape[0], -1, -1), y], 1) + m.pos
        return m.h(m.n(m.e(y))[:, 0])
    return Of(forward, p=nn.Conv2d(3, 24, 8, 8), cls=nn.Parameter(torch.randn(1, 1, 24)), pos=nn.Parameter(torch.randn(1, 17, 24)), e=nn.Sequential(encoder(24, 4), encoder(24, 4)),
              n=nn.LayerNorm(24), h=nn.Linear(24, 10))


@net(1, 10, 16)
def torch_transformer_layer():
    return nn.TransformerEncoderLayer(16, 4, 32, batch_first=True, activation="gelu", norm_first=True)


@net(1, 10, 16)
def scaled_dot_product():
    def forward(m, x):
        q, k, v = (f(x).view(1, 10, 2, 8).transpose(1, 2) for f in (m.q, m.k, m.v))
        return m.o(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(1, 10, 16))
    return Of(forward, q=nn.Linear(16, 16), k=nn.Linear(16, 16), v=nn.Linear(16, 16), o=nn.Linear(16, 16))


@net(1, 16, 24)
def mlp_mixer():
    block = Of(lambda m, x: (y := x + m.t(m.n1(x).transpose(1, 2)).transpose(1, 2)) + m.c(m.n2(y)), n1=nn.LayerNorm(24), n2=nn.LayerNorm(24),
               t=nn.Sequential(nn.Linear(16, 32), nn.GELU(), nn.Linear(32, 16)), c=nn.Sequential(nn.Linear(24, 48), nn.GELU(), nn.Linear(48, 24)))
    return nn.Sequential(block, nn.LayerNorm(24))


# ---- normalisation, volumes, odds ----------------------------------------------------------------------------------------------------------

@net(1, 8, 12, 12)
def group_and_instance_norm():
    return nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.GroupNorm(4, 8), nn.SiLU(), nn.InstanceNorm2d(8), nn.Conv2d(8, 8, 3, padding=1), nn.GroupNorm(1, 8), nn.GroupNorm(8, 8))


@net(1, 2, 8, 10, 10)
def volumes():
    return nn.Sequential(nn.Conv3d(2, 4, 3, padding=1), nn.BatchNorm3d(4), nn.ReLU(), nn.MaxPool3d(2), nn.Conv3d(4, 4, 3, padding=1), nn.AdaptiveAvgPool3d(1), nn.Flatten(), nn.Linear(4, 3))


@net(2, 3, 16, 16)
def batch_of_two():
    return nn.Sequential(conv(3, 8), nn.MaxPool2d(2), conv(8, 8, s=2), nn.Flatten(), nn.Linear(128, 5), nn.Softmax(1))


@net(1, 4, 9, 9)
def slices_and_pads():
    def forward(m, x):
        y = F.pad(x, (1, 2, 0, 1), value=0.5)[:, :, 1::2, ::3]
        y = torch.stack([y.amax(1), y.amin(1), y.sum(1), y.prod(1)], 1).roll(1, 2).flip(3)
        return torch.where(y > 0.2, y, -y).cumsum(3), y.argmax(1)
    return Of(forward)


@net(1, 6, 8, 8)
def einsum_attention():
    return Of(lambda m, x: torch.einsum("bchw,dc->bdhw", x, m.w) + torch.einsum("bchw,bchw->bc", x, x)[:, :4, None, None], w=nn.Parameter(torch.randn(4, 6)))
